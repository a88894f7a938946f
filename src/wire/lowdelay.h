// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Wire {

/// Turns Nagle's algorithm (RFC 896) off for every TCP connection this process has.
///
/// Qt writes a request's head and body in several pieces and gives no access to the socket; the last piece
/// then waits for an acknowledgement that the other side delays by 40 ms (RFC 1122, 4.2.3.2). Cheap: two
/// system calls a descriptor.
void sendWithoutDelay();

} // namespace Meanwhile::Wire
