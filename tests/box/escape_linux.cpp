// SPDX-License-Identifier: MIT
// A child program of the tests: helper_escape NAME [ARGUMENT…] tries one way out, and ends with its Outcome.
#include "escape.h"

#include <cstring>
#include <initializer_list>

int main(int argc, char **argv)
{
    for (const Escape *list : {kFileEscapes, kKernelEscapes, kSocketEscapes}) {
        for (const Escape *escape = list; argc > 1 && escape->name; ++escape) {
            if (std::strcmp(escape->name, argv[1]) == 0)
                return escape->run(argv + 2);
        }
    }
    return NotTried;
}
