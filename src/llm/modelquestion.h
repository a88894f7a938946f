// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "llm/modelinfo.h"
#include "wire/httptransport.h"

#include <QFuture>
#include <QVector>

namespace Meanwhile::Llm {

/// Asks for a list of models, and for their windows where that is another question. `request` needs only
/// address and headers; open requests belong to `owner`, which may be deleted when the answer arrives.
QFuture<Result<QVector<ModelInfo>>> requestModels(
    Wire::HttpTransport &transport, Wire::HttpRequest request, QObject *owner);

/// A list of models that is known to fail, in the form of requestModels().
QFuture<Result<QVector<ModelInfo>>> failedModels(Error error);

} // namespace Meanwhile::Llm
