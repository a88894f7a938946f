// SPDX-License-Identifier: MIT
#include "fuzz/fuzzpieces.h"
#include "ui/transcript/openpart.h"

#include <QStringDecoder>

using namespace Meanwhile;

namespace {

/// What holds of every text, and what RowDocument takes for granted.
Ui::OpenPart openPartOf(QStringView text)
{
    const Ui::OpenPart open = Ui::findOpenPart(text);
    Fuzz::require(open.begin >= 0 && open.begin <= text.size());
    const QStringView rest = text.sliced(open.begin);
    const bool isInsidePair = open.begin > 0 && !rest.isEmpty() && rest.at(0).isLowSurrogate() &&
                              text.at(open.begin - 1).isHighSurrogate();
    Fuzz::require(!isInsidePair);
    if (open.fence) {
        const qsizetype end = rest.indexOf(u'\n');
        Fuzz::require(end > 0 && Ui::openingFence(rest.first(end)) == open.fence);
    }
    // Nothing before the open part is needed to find it again.
    const Ui::OpenPart again = Ui::findOpenPart(rest);
    Fuzz::require(again.begin == 0 && again.fence == open.fence);
    return open;
}

} // namespace

// An answer as it comes: what is closed is left behind, and the rest grows.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text;
    qsizetype closed = 0;
    for (const QByteArray &piece : Fuzz::pieces(data, size)) {
        text += QString(decoder(piece));
        const Ui::OpenPart open = openPartOf(QStringView(text).sliced(closed));
        closed += open.begin;
    }
    openPartOf(text);
    return 0;
}
