// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/statementsplitter.h"

namespace backwatch {

namespace {

constexpr auto kInsensitive = Qt::CaseInsensitive;

class Splitter
{
public:
    explicit Splitter(QStringView script) : m_script(script) {}

    QStringList split()
    {
        while (m_at < m_script.size())
            step();
        finishStatement();
        return m_statements;
    }

private:
    void step()
    {
        const auto rest = m_script.sliced(m_at);
        if (rest.startsWith(u"--"))
            skipPast(rest, u"\n", 2);
        else if (rest.startsWith(u"/*"))
            skipPast(rest, u"*/", 2);
        else if (const QChar closing = closingQuote(rest.front()); !closing.isNull())
            takePast(rest, closing);
        else if (rest.front() == u';')
            takeSemicolon();
        else if (rest.front().isLetter())
            takeWord(rest);
        else
            takeOther(rest.front());
    }

    static QChar closingQuote(QChar opening)
    {
        if (opening == u'[')
            return u']';
        return opening == u'\'' || opening == u'"' || opening == u'`' ? opening : QChar();
    }

    static qsizetype lengthPast(QStringView rest, QStringView end, qsizetype from)
    {
        const auto found = rest.indexOf(end, from);
        return found < 0 ? rest.size() : found + end.size();
    }

    void skipPast(QStringView rest, QStringView end, qsizetype from)
    {
        m_statement += u' ';
        m_at += lengthPast(rest, end, from);
    }

    // A doubled quote inside reads as two quoted pieces side by side, which comes to the same.
    void takePast(QStringView rest, QChar closing)
    {
        const auto length = lengthPast(rest, QStringView(&closing, 1), 1);
        m_statement += rest.first(length);
        m_at += length;
        token(u"'");
    }

    void takeWord(QStringView rest)
    {
        qsizetype length = 1;
        while (length < rest.size() && (rest[length].isLetterOrNumber() || rest[length] == u'_'))
            ++length;
        m_statement += rest.first(length);
        m_at += length;
        token(rest.first(length));
        if (m_words == 1)
            m_creates = rest.first(length).compare(u"CREATE", kInsensitive) == 0;
        else if (m_creates && m_words <= 3 && rest.first(length).compare(u"TRIGGER", kInsensitive) == 0)
            m_trigger = true;
    }

    void takeOther(QChar character)
    {
        m_statement += character;
        ++m_at;
        if (!character.isSpace())
            token(u"?");
    }

    // A trigger ends with "; END ;", everything else with the first semicolon.
    void takeSemicolon()
    {
        ++m_at;
        const bool bodyEnds = m_beforeLast == u";" && m_last.compare(u"END", kInsensitive) == 0;
        if (m_trigger && !bodyEnds) {
            m_statement += u';';
            token(u";");
            return;
        }
        finishStatement();
    }

    void token(QStringView text)
    {
        ++m_words;
        m_beforeLast = m_last;
        m_last = text.toString();
    }

    void finishStatement()
    {
        if (m_words > 0)
            m_statements.append(m_statement.trimmed());
        m_statement.clear();
        m_beforeLast.clear();
        m_last.clear();
        m_words = 0;
        m_creates = m_trigger = false;
    }

    QStringView m_script;
    qsizetype m_at = 0;
    QStringList m_statements;
    QString m_statement;
    QString m_last;
    QString m_beforeLast;
    int m_words = 0;
    bool m_creates = false;
    bool m_trigger = false;
};

} // namespace

QStringList splitStatements(QStringView script)
{
    return Splitter(script).split();
}

} // namespace backwatch
