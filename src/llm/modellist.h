// SPDX-License-Identifier: MIT
#pragma once

#include "llm/modelinfo.h"

#include <QByteArray>
#include <QVector>

namespace Meanwhile::Llm {

/// The models in a provider's answer: {"data":[{"id":…}]}, or a plain array, as some servers send it. What
/// cannot chat, by its own word or by its name, is left out.
///
/// The fields beside the id are each provider's own: context_length, pricing, architecture (OpenRouter:
/// https://openrouter.ai/docs/models), max_model_len (vLLM), context_window (Groq), max_context_length and
/// capabilities (Mistral), max_input_tokens (Anthropic). What is missing or makes no sense stays unknown.
QVector<ModelInfo> modelsFrom(const QByteArray &body);

/// Where a server that tells no windows in its list tells them: a path at its root, empty when there is none.
/// llama.cpp: /props; LM Studio: /api/v0/models; Ollama: /api/ps, of the models that are loaded. These are
/// the windows they run with, which may be far smaller than what the model could take.
QString pathOfWindows(const QByteArray &list);
/// Puts in what that answer tells.
void addWindows(QVector<ModelInfo> &models, const QByteArray &body);

} // namespace Meanwhile::Llm
