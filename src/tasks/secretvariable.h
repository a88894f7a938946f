// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tasks {

/// Whether a variable of the environment holds a secret, by its name or by what its value looks like.
///
/// A name is one of a secret when a word of it (words are divided by anything but letters and digits, in any
/// case of letters) is KEY, TOKEN, SECRET, PASS, CRED, AUTH or PAT, or a longer one that ends with the first
/// six or names a password, a passphrase or credentials. It is none when its last word says that the value is
/// only a place, a measure or a way (PASSWORD_STORE_DIR, KEY_FILE, TOKEN_TTL, TOKEN_TYPE) and the value of a
/// place looks like a path, that of a measure like a number; when the value is "true", "0" and the like or
/// the path of something that exists; and for words such as MONKEY and ASKPASS.
/// A value is one of a secret when it holds a key of a well-known shape, a private key, a signed token (JWT),
/// an address or a connection string with a password in it, or an address that lets anybody write there.
bool isSecretVariable(const QString &name, const QString &value);

/// A key for models: its first word is a provider of models and it ends with _API_KEY, _API_KEYS, _API_TOKEN,
/// _AUTH_TOKEN, _ACCESS_TOKEN or _OAUTH_TOKEN.
bool isModelKey(const QString &name);

} // namespace Meanwhile::Tasks
