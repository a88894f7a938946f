// SPDX-License-Identifier: MIT
#include "models/streamedtext.h"

#include <utility>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr auto kShowInterval = 50ms;

StreamedText::StreamedText(RowList &rows, QObject *parent)
    : m_rows(rows)
    , m_showTimer(new QTimer(parent))
{
    m_showTimer->setObjectName(u"showStreamedText"_s);
    m_showTimer->setSingleShot(true);
    m_showTimer->setInterval(kShowInterval);
    m_showTimer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_showTimer, &QTimer::timeout, parent, [this] { showPending(); });
}

void StreamedText::grow(TranscriptRow::Kind kind, const QString &delta)
{
    if (m_growing >= 0 && m_rows.at(m_growing).kind == kind) {
        m_pending += delta;
        if (!m_showTimer->isActive())
            showPending();
        return;
    }
    close();
    m_blank += delta;
    if (QStringView(delta).trimmed().isEmpty())
        return; // models begin and end their answers with empty lines
    TranscriptRow row = makeRow(kind, {}, std::exchange(m_blank, {}));
    row.streaming = true;
    m_growing = m_rows.append(std::move(row));
    m_showTimer->start();
}

void StreamedText::showPending()
{
    if (m_growing < 0 || m_pending.isEmpty())
        return;
    m_rows.at(m_growing).text += std::exchange(m_pending, {});
    m_rows.changed(m_growing);
    m_showTimer->start();
}

void StreamedText::close()
{
    if (m_growing < 0)
        return;
    TranscriptRow &row = m_rows.at(m_growing);
    row.text += std::exchange(m_pending, {});
    row.streaming = false;
    m_blank.clear();
    m_showTimer->stop();
    m_rows.changed(std::exchange(m_growing, -1));
}

} // namespace Meanwhile::Models
