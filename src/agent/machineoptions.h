// SPDX-License-Identifier: MIT
#pragma once

#include "wire/retrypolicy.h"

#include <QString>

namespace Meanwhile::Agent {

struct MachineOptions {
    int maxRequests = 0; ///< 0: no limit; a request that is sent again counts once
    bool wakeWhenIdle = true;
    int wakesPerHour = 120; ///< 0: none
    QString provider;
    QString model;
    Wire::RetryPolicy retries = {};
    qint64 windowTokens = 0; ///< the model's context window; 0: unknown
};

} // namespace Meanwhile::Agent
