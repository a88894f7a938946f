// SPDX-License-Identifier: MIT
#pragma once

/// One way out of a box: 0 when it led out, 1 when the box held, 2 when it could not be tried.
enum Outcome { GotOut = 0, Held = 1, NotTried = 2 };

struct Escape {
    const char *name;
    Outcome (*run)(char **arguments); ///< ends with nullptr
};

extern const Escape kFileEscapes[]; ///< ends with one without a name
extern const Escape kKernelEscapes[];
extern const Escape kSocketEscapes[];
