// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/shownbytes.h"

namespace backwatch {

QString shownBytes(QByteArrayView bytes, qsizetype limit)
{
    const QByteArrayView head = bytes.first(std::min(bytes.size(), limit * 4));
    QString text = QString::fromUtf8(head);
    // A character that the cut went through is no sign of another character set.
    if (text.chopped(std::min<qsizetype>(3, text.size())).contains(QChar::ReplacementCharacter))
        text = QString::fromLatin1(head);
    for (auto &c : text)
        if (!c.isPrint())
            c = u' ';
    return text.simplified().left(limit);
}

} // namespace backwatch
