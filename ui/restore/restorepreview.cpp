// SPDX-License-Identifier: MIT
#include "ui/restore/restorepreview.h"

#include "agent/agentcontroller.h"
#include "base/pathtext.h"
#include "base/textlimits.h"
#include "base/whenfinished.h"
#include "checkpoints/sessioncheckpoints.h"
#include "models/transcriptmodel.h"
#include "models/visibletext.h"
#include "tasks/taskmanager.h"
#include "ui/restore/diffpane.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Checkpoints::Checkpoint;
using Checkpoints::FileChanges;
using Checkpoints::Restored;

namespace {

constexpr qsizetype kWordsChars = 60;
constexpr qsizetype kMostNamed = 5;
constexpr int kPathRole = Qt::UserRole;
constexpr int kFateRole = Qt::UserRole + 1;

QString shownPath(const QByteArray &path)
{
    return Models::visibleLine(pathToText(path));
}

/// The first few, and how many more.
QString namesOf(const QByteArrayList &paths)
{
    QStringList names;
    for (const QByteArray &path : paths.first(qMin(paths.size(), kMostNamed)))
        names += shownPath(path);
    if (const qsizetype more = paths.size() - names.size(); more > 0)
        names += RestorePreview::tr("and %1 more").arg(formatCount(more));
    return names.join(u", "_s);
}

QString summaryOf(const FileChanges &changes)
{
    if (changes.isEmpty())
        return RestorePreview::tr("No file is chosen.");
    QStringList sentences;
    const auto add = [&](qsizetype files, const QString &one, const QString &many) {
        if (files > 0)
            sentences += files == 1 ? one : many.arg(formatCount(files));
    };
    add(changes.changed.size(), RestorePreview::tr("1 file will be changed back."),
        RestorePreview::tr("%1 files will be changed back."));
    add(changes.removed.size(), RestorePreview::tr("1 file will be brought back."),
        RestorePreview::tr("%1 files will be brought back."));
    add(changes.added.size(), RestorePreview::tr("1 file will be deleted."),
        RestorePreview::tr("%1 files will be deleted."));
    sentences += RestorePreview::tr("Files ignored by git are not touched.");
    return sentences.join(u' ');
}

} // namespace

static constexpr QSize kRoomForTheFrame(16, 48);

RestorePreview::RestorePreview(
    const Theme &theme, const OpenSession &session, const Conversation::Message &before, QWidget *parent)
    : RestorePreview(theme, session, parent)
{
    m_messageId = before.id;
    const QString words = Models::visibleLine(Conversation::plainText(before), kWordsChars);
    m_title->setText(words.isEmpty() ? tr("Restore files to how they were before this message")
                                     : tr("Restore files to how they were before “%1”").arg(words));
    setAccessibleName(m_title->text());
    find(Agent::checkpointLabel(before));
}

RestorePreview::RestorePreview(
    const Theme &theme, const OpenSession &session, const QString &undoCheckpoint, QWidget *parent)
    : RestorePreview(theme, session, parent)
{
    m_checkpointId = undoCheckpoint;
    m_title->setText(tr("Undo the restore"));
    setAccessibleName(m_title->text());
    compare();
}

RestorePreview::RestorePreview(const Theme &theme, const OpenSession &session, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_session(session)
    , m_all(new QCheckBox(tr("All files"), this))
    , m_title(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_warning(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_diff(new DiffPane(theme, this))
    , m_splitter(new QSplitter(this))
    , m_leftOut(new QLabel(this))
    , m_cancel(new QPushButton(this))
    , m_restore(new QPushButton(tr("Restore"), this))
{
    build();
    connect(m_list, &QListWidget::currentItemChanged, this, &RestorePreview::showSelected);
    connect(m_list, &QListWidget::itemChanged, this, &RestorePreview::showChosen);
    connect(m_all, &QCheckBox::clicked, this, [this] { chooseAll(m_all->checkState() != Qt::Unchecked); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_restore, &QPushButton::clicked, this, &RestorePreview::restore);
    connect(
        session.controller, &Agent::AgentController::happened, this, [this](const Agent::AgentEvent &event) {
            if (std::holds_alternative<Agent::TurnStarted>(event) ||
                std::holds_alternative<Agent::TurnEnded>(event))
                refresh();
        });
    connect(session.tasks, &Tasks::TaskManager::added, this, &RestorePreview::refresh);
    connect(session.controller, &Agent::AgentController::taskEnded, this, &RestorePreview::refresh);
    connect(&theme, &Theme::changed, this, [this] {
        restyle();
        showSelected();
    });
    restyle();
    refresh();
}

void RestorePreview::restyle()
{
    const Tokens &t = m_theme.tokens();
    m_list->setStyleSheet(
        u"QListWidget { background: %1; border: 1px solid %2; border-radius: 5px; outline: none; }"
        u"QListWidget:focus { border-color: %3; }"
        u"QListWidget::item { color: %4; background: %1; padding: 4px 6px; }"
        u"QListWidget::item:selected { background: %5; }"_s.arg(
            t.surface.name(), t.border.name(), t.accent.name(), t.text.name(), t.accentTint.name()));
    QPalette waiting = palette();
    waiting.setColor(QPalette::WindowText, t.waiting);
    m_warning->setPalette(waiting);
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, t.dim);
    m_leftOut->setPalette(dim);
}

RestorePreview *RestorePreview::openBefore(
    const Theme &theme, const OpenSession &session, const QString &messageId, QWidget *window)
{
    const QVector<Conversation::Message> &messages = session.controller->history().messages();
    const auto before = std::find_if(messages.cbegin(), messages.cend(),
        [&](const Conversation::Message &message) { return message.id == messageId; });
    if (before == messages.cend())
        return nullptr;
    return opened(new RestorePreview(theme, session, *before, window), window);
}

RestorePreview *RestorePreview::openUndo(
    const Theme &theme, const OpenSession &session, const QString &undoCheckpoint, QWidget *window)
{
    return opened(new RestorePreview(theme, session, undoCheckpoint, window), window);
}

RestorePreview *RestorePreview::opened(RestorePreview *preview, QWidget *window)
{
    for (auto *other : window->findChildren<RestorePreview *>(Qt::FindDirectChildrenOnly)) {
        if (other != preview)
            other->reject();
    }
    preview->setAttribute(Qt::WA_DeleteOnClose);
    preview->show();
    return preview;
}

void RestorePreview::build()
{
    setObjectName(u"restorePreview"_s);
    setWindowTitle(tr("Restore files"));
    setModal(false);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel *label : {m_title, m_summary, m_warning, m_leftOut}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_title->setObjectName(u"restoreTitle"_s);
    m_summary->setObjectName(u"restoreSummary"_s);
    m_warning->setObjectName(u"restoreWarning"_s);
    m_leftOut->setObjectName(u"restoreLeftOut"_s);
    m_list->setObjectName(u"restoreFiles"_s);
    m_list->setAccessibleName(tr("Files"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setUniformItemSizes(true);
    m_all->setObjectName(u"restoreAll"_s);
    m_all->hide();
    auto *files = new QWidget(m_splitter);
    auto *filesColumn = new QVBoxLayout(files);
    filesColumn->setContentsMargins(0, 0, 0, 0);
    filesColumn->setSpacing(6);
    auto *all = new QHBoxLayout;
    all->setContentsMargins(9, 0, 0, 0); // above the other boxes
    all->addWidget(m_all);
    filesColumn->addLayout(all);
    filesColumn->addWidget(m_list, 1);
    m_splitter->addWidget(files);
    m_splitter->addWidget(m_diff);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({240, 520});
    m_cancel->setObjectName(u"restoreCancel"_s);
    m_restore->setObjectName(u"restoreNow"_s);
    m_restore->setProperty("primary", true);
    m_restore->setDefault(true);

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 8, 0, 0);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_restore);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    for (QLabel *label : {m_title, m_summary})
        column->addWidget(label);
    column->addWidget(m_splitter, 1);
    for (QLabel *label : {m_leftOut, m_warning})
        column->addWidget(label);
    column->addLayout(buttons);
    resize(QSize(800, 520).boundedTo(screen()->availableGeometry().size() - kRoomForTheFrame));
}

void RestorePreview::find(const QString &label)
{
    if (!m_session.checkpoints)
        return end(tr("Earlier states of the files are not kept, because the program's own folder cannot be "
                      "written to."));
    whenFinished(m_session.checkpoints->find(label), this, [this](const Result<Checkpoint> &found) {
        if (!found)
            return end(found.error().message);
        m_checkpointId = found->id;
        m_isLate = found->isLate;
        compare();
    });
}

void RestorePreview::compare()
{
    if (!m_session.checkpoints)
        return find({});
    whenFinished(m_session.checkpoints->changesSince(m_checkpointId), this,
        [this](const Result<FileChanges> &changes) {
            if (!changes)
                return end(changes.error().kind == ErrorKind::NotFound
                               ? tr("No copy of the files as they were then is kept.")
                               : changes.error().message);
            showChanges(*changes);
        });
}

// What came since goes, and the other way round.
void RestorePreview::showChanges(const FileChanges &changes)
{
    m_changes = changes;
    const QSignalBlocker quiet(m_list); // the first one is shown at the end
    for (const QByteArray &path : changes.changed)
        addFile(path, Fate::Changes);
    for (const QByteArray &path : changes.removed)
        addFile(path, Fate::ComesBack);
    for (const QByteArray &path : changes.added)
        addFile(path, Fate::IsRemoved);
    QStringList notes;
    if (m_isLate)
        notes += tr("This copy was still being made when a command ran. Changes that the command made before "
                    "a file was copied cannot be undone.");
    if (!changes.unknown.isEmpty())
        notes += tr("Not kept, and left as they are now: %1.").arg(namesOf(changes.unknown));
    m_leftOut->setText(notes.join(u'\n'));
    if (changes.isEmpty())
        return end(m_isLate ? tr("There is nothing to restore: the files are as they were copied, which was "
                                 "while a command was running.")
                            : tr("There is nothing to restore: the files are as they were then."));
    m_state = State::Shown;
    m_all->setVisible(changes.count() > 1);
    m_list->setCurrentRow(0);
    m_list->setFocus();
    showSelected();
    showChosen();
}

void RestorePreview::addFile(const QByteArray &path, Fate fate)
{
    const QString name = shownPath(path);
    const auto [sign, spoken] = fate == Fate::Changes     ? std::pair(u"~"_s, tr("%1, changes back"))
                                : fate == Fate::ComesBack ? std::pair(u"+"_s, tr("%1, comes back"))
                                                          : std::pair(u"−"_s, tr("%1, is removed"));
    auto *item = new QListWidgetItem(u"%1  %2"_s.arg(sign, name), m_list);
    item->setData(kPathRole, path);
    item->setData(kFateRole, int(fate));
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Checked);
    item->setData(Qt::AccessibleTextRole, spoken.arg(name));
    item->setToolTip(Models::plainToolTip(spoken.arg(name)));
}

void RestorePreview::chooseAll(bool chosen)
{
    {
        const QSignalBlocker once(m_list);
        for (int row = 0; row < m_list->count(); ++row)
            m_list->item(row)->setCheckState(chosen ? Qt::Checked : Qt::Unchecked);
    }
    m_list->viewport()->update();
    showChosen();
}

FileChanges RestorePreview::chosen() const
{
    FileChanges files;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() != Qt::Checked)
            continue;
        const auto fate = Fate(item->data(kFateRole).toInt());
        QByteArrayList &list = fate == Fate::Changes     ? files.changed
                               : fate == Fate::ComesBack ? files.removed
                                                         : files.added;
        list += item->data(kPathRole).toByteArray();
    }
    return files;
}

void RestorePreview::showChosen()
{
    if (m_state != State::Shown)
        return;
    const FileChanges files = chosen();
    m_all->setCheckState(files.isEmpty()                      ? Qt::Unchecked
                         : files.count() == m_changes.count() ? Qt::Checked
                                                              : Qt::PartiallyChecked);
    m_summary->setText(summaryOf(files));
    refresh();
}

void RestorePreview::showSelected()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || m_state == State::Ended)
        return;
    const QByteArray path = item->data(kPathRole).toByteArray();
    whenFinished(m_session.checkpoints->diffBackTo(m_checkpointId, path), this,
        [this, path](const Result<QString> &diff) {
            const QListWidgetItem *current = m_list->currentItem();
            if (!current || current->data(kPathRole).toByteArray() != path)
                return; // another one was chosen meanwhile
            if (!diff)
                m_diff->showNote(shownPath(path), diff.error().message);
            else if (diff->isEmpty())
                m_diff->showNote(
                    shownPath(path), tr("No lines to show: the file is not text, is very large, or only its "
                                        "permissions differ."));
            else
                m_diff->showDiff(shownPath(path), *diff);
        });
}

static qsizetype fileCount(const Restored &restored)
{
    return restored.written.size() + restored.removed.size();
}

static Conversation::RestoreBlock recordOf(const QString &messageId, const Restored &restored)
{
    return {messageId, fileCount(restored), restored.skipped.size(), restored.undo.id};
}

void RestorePreview::restore()
{
    const FileChanges wanted = chosen();
    m_state = State::Restoring;
    refresh();
    const QFuture<Result<Restored>> restored =
        m_session.checkpoints->restore(m_checkpointId, wanted.changed + wanted.removed + wanted.added);
    // The conversation hears of it also when this is gone by then.
    whenFinished(restored, m_session.controller,
        [controller = m_session.controller, id = m_messageId](const Result<Restored> &done) {
            if (done && fileCount(*done) > 0)
                controller->noteRestore(recordOf(id, *done));
        });
    whenFinished(restored, this, [this](const Result<Restored> &done) {
        if (done)
            finish(*done);
        else
            end(done.error().message);
    });
}

void RestorePreview::finish(const Restored &restored)
{
    m_state = State::Ended;
    if (restored.skipped.isEmpty() && !restored.stoppedBy) {
        if (fileCount(restored) > 0)
            emit this->restored(m_session.transcript->restoredText(recordOf(m_messageId, restored)));
        return accept();
    }
    QStringList lines{tr("Restored: %1. Left as they are: %2.")
                          .arg(formatCount(fileCount(restored)), formatCount(restored.skipped.size()))};
    if (restored.stoppedBy)
        lines += restored.stoppedBy->message;
    end(lines.join(u'\n'));
    for (const Restored::Skipped &skipped : restored.skipped) {
        auto *item = new QListWidgetItem(u"%1: %2"_s.arg(shownPath(skipped.path), skipped.why), m_list);
        item->setToolTip(Models::plainToolTip(item->text()));
    }
    m_splitter->setVisible(!restored.skipped.isEmpty());
    m_diff->hide();
}

void RestorePreview::reject()
{
    if (m_state != State::Restoring)
        QDialog::reject();
}

/// Nothing more can be done here; `text` says why.
void RestorePreview::end(const QString &text)
{
    m_state = State::Ended;
    m_summary->setText(text);
    m_all->hide();
    m_list->clear();
    m_diff->clear();
    m_splitter->hide();
    refresh();
    m_cancel->setFocus();
    if (!isVisible())
        adjustSize();
}

QString RestorePreview::warning() const
{
    if (m_state != State::Shown)
        return {};
    if (m_session.controller->isWorking())
        return tr("The agent is working. Stop it first, so that it does not write to the files meanwhile.");
    const int running = m_session.tasks->liveCount();
    if (running == 0)
        return {};
    return running == 1 ? tr("1 task is running. Its changes may be lost.")
                        : tr("%1 tasks are running. Their changes may be lost.").arg(running);
}

void RestorePreview::refresh()
{
    if (m_state == State::Looking)
        m_summary->setText(tr("Checking the files…"));
    const QString warns = warning();
    m_warning->setText(warns.isEmpty() ? QString() : u"△ "_s + warns);
    m_warning->setVisible(!warns.isEmpty());
    m_leftOut->setVisible(!m_leftOut->text().isEmpty() && m_state != State::Ended);
    m_restore->setText(m_state == State::Restoring ? tr("Restoring…") : tr("Restore"));
    m_restore->setEnabled(m_state == State::Shown && !m_session.controller->isWorking() &&
                          m_all->checkState() != Qt::Unchecked);
    m_restore->setVisible(m_state != State::Ended);
    m_cancel->setText(m_state == State::Ended ? tr("Close") : tr("Cancel"));
}

} // namespace Meanwhile::Ui
