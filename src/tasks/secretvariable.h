// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tasks {

/// Whether a variable of the environment holds a secret, by its name or by what its value looks like.
///
/// A name is one of a secret when a word of it (words are divided by anything but letters and digits, in any
/// case of letters) is KEY, TOKEN, SECRET, PASS, CRED or AUTH, or a longer one that ends with these or names
/// a password, a passphrase or credentials. It is none when its last word says that the value is only a
/// place or a measure (SSH_AUTH_SOCK, PASSWORD_STORE_DIR, KEY_FILE, TOKEN_TTL), when the value is "true", "0"
/// and the like or the path of something that exists, and for words such as MONKEY and ASKPASS.
/// A value is one of a secret when it holds a key of a well-known shape, a private key, a signed token (JWT),
/// or an address with a password in it.
bool isSecretVariable(const QString &name, const QString &value);

/// A key for models: its first word is a provider of models and it ends with _API_KEY, _API_KEYS, _API_TOKEN,
/// _AUTH_TOKEN, _ACCESS_TOKEN or _OAUTH_TOKEN.
bool isModelKey(const QString &name);

} // namespace Meanwhile::Tasks
