// SPDX-License-Identifier: MIT
#pragma once

/// Defined where the compiler has built in one that looks at memory or threads, which makes a program several
/// times slower. gcc and clang tell it in different ways.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEANWHILE_IS_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MEANWHILE_IS_SANITIZED
#endif
#endif
