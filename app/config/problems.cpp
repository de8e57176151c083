// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/problems.h"

#include "app/config/monitorsfiletext.h"

#include <QStringList>

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kProblemsShown = 20;

/// Sentences quote the text, which may hold anything and be of any length. What to do stands at the end.
QString inOneLine(QString sentence)
{
    constexpr qsizetype kLongest = 600;
    constexpr qsizetype kEnd = 200;
    if (sentence.size() > kLongest)
        sentence = sentence.first(kLongest - kEnd) + u'…' + sentence.last(kEnd);
    for (QChar &c : sentence)
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar::ReplacementCharacter;
    return sentence;
}

} // namespace

Problems::Problems(QByteArray text, QString name) : m_text(std::move(text)), m_name(std::move(name)) {}

void Problems::add(TextPosition at, const QString &sentence)
{
    m_problems.append({at, inOneLine(sentence)});
}

Error Problems::toError() const
{
    auto sorted = m_problems;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    QStringList lines;
    for (const auto &problem : sorted.first(std::min(kProblemsShown, sorted.size())))
        lines += QStringLiteral("%1:%2:%3: ")
                     .arg(m_name, QString::number(problem.at.lineNumber()),
                          QString::number(columnInCharacters(problem.at))) +
                 problem.sentence;
    if (sorted.size() > kProblemsShown)
        lines += MonitorsFileText::tr("%n more problem(s) follow; mend these first.", nullptr,
                                      static_cast<int>(sorted.size() - kProblemsShown));
    return Error{Error::Kind::Invalid, lines.join(u'\n')};
}

int Problems::columnInCharacters(TextPosition at) const
{
    qsizetype start = 0;
    for (int line = 0; line < at.line; ++line) {
        const auto end = m_text.indexOf('\n', start);
        if (end < 0)
            return 1; // behind the last line
        start = end + 1;
    }
    const auto length = std::min<qsizetype>(at.column, m_text.size() - start);
    const auto before = QByteArrayView(m_text).sliced(start, std::max<qsizetype>(length, 0));
    // Every byte that does not continue a UTF-8 sequence begins a character.
    return 1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char byte) {
               return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
           }));
}

} // namespace backwatch
