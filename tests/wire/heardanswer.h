// SPDX-License-Identifier: MIT
#pragma once

#include "wire/httptransport.h"

namespace Meanwhile::Testing {

/// What a stream told, as it tells it.
class HeardAnswer : public QObject {
    Q_OBJECT

public:
    HeardAnswer(Wire::HttpStream *stream, QObject *parent);

    int status = 0;
    Wire::Headers headers;
    QByteArray body;
    int ends = 0;
    std::optional<Error> cause;
    QList<bool> silences;
};

} // namespace Meanwhile::Testing
