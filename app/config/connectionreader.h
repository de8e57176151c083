// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/monitorreader.h"

namespace backwatch {

// Fields that several kinds of check share.

/// {secret: NAME}. A plain text is refused by a sentence on how to store it.
Secret readSecret(FieldReader &fields, const QString &key);
/// The name in {secret: NAME}; empty after a problem.
QString readSecretName(const YamlNodePtr &node, const QString &key, TextPosition at, Problems &problems);

/// host and port, or socket, and family. Without a usual port one has to be given.
ServerAddress readServer(FieldReader &fields, quint16 usualPort);
/// The host alone, checked; empty after a problem.
QString readHost(FieldReader &fields);
AddressFamily readFamily(FieldReader &fields);

/// verify, authorities, serverName, certificate, key and passphrase, from among the others of that map.
TlsSettings readTlsSettings(FieldReader &fields);
/// `tls: true`, or a group of settings; whether TLS is wanted.
bool readTls(FieldReader &fields, TlsSettings *settings);

std::optional<milliseconds> readSlowAfter(FieldReader &fields, const DurationLimits &limits);
int readCertificateDays(FieldReader &fields, int usual);

/// One of a few words; its position among them.
std::optional<int> readWord(FieldReader &fields, const QString &key, const QStringList &words);
/// Text, or {base64: …} for bytes that are no UTF-8.
std::optional<QByteArray> readBytes(const YamlNodePtr &node, const QString &what, TextPosition at,
                                    Problems &problems);
/// A regular expression that can be compiled; empty after a problem.
QString readPattern(FieldReader &fields, const QString &key);
/// Some text where the field is there: empty is a problem.
QString readWanted(FieldReader &fields, const QString &key);

} // namespace backwatch
