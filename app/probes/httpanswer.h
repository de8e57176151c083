// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/httpcheck.h"
#include "app/probes/textsearch.h"

namespace backwatch {

/// Takes an answer in as it arrives, line by line and piece by piece, within fixed bounds.
class HttpAnswer
{
public:
    static constexpr qint64 kHeaderLimit = 256 * 1024; ///< header lines of all kinds, 1xx and trailers too
    static constexpr qint64 kBodyLimit = 16 * 1024 * 1024; ///< decoded
    static constexpr qint64 kSearchLimit = 1024 * 1024;    ///< decoded; what expectations look at

    /// @param kept so many bytes of the body at most
    explicit HttpAnswer(const HttpExpectation &expect = {}, qsizetype kept = Exchange::kBodyLimit);

    /// One line of the header, with its end. False: there are too many.
    bool addHeaderLine(QByteArrayView line);
    /// A decoded piece of the body. False: it is too long.
    bool addBody(QByteArrayView piece);

    bool began() const { return m_began; }
    /// The final header (not 1xx) has come entirely.
    bool headerComplete() const { return m_complete; }
    bool tooLarge() const { return m_tooLarge; }
    /// bodyContains was seen; also true when nothing is wanted.
    bool found() const { return m_wanted.isEmpty() || m_search.found(); }
    /// bodyLacks was seen.
    bool foundUnwanted() const { return m_unwantedSearch.found(); }
    /// The body as far as expectations look at it, in the answer's own character set; empty where none does.
    QString text() const;
    const QByteArray &window() const { return m_window; }
    /// The body goes on behind what expectations look at.
    bool longerThanWindow() const { return m_decoded > kSearchLimit; }
    qint64 decodedSize() const { return m_decoded; }
    std::optional<qint64> announcedLength() const;

    int status = 0; ///< 0 until the final header has begun
    QString version;
    QByteArray reason;
    HttpHeaders headers; ///< of the final header, in wire order
    QByteArray body;     ///< decoded, as much as is kept

private:
    void beginBlock(QByteArrayView statusLine);
    void endBlock();
    void addField(QByteArrayView line);
    void beginSearch();
    void search(QByteArrayView piece);

    QString m_wanted;
    QString m_unwanted;
    qsizetype m_kept = Exchange::kBodyLimit;
    bool m_keepsWindow = false;
    TextSearch m_search;
    TextSearch m_unwantedSearch;
    QByteArray m_window; ///< at most kSearchLimit
    bool m_began = false;
    bool m_inBlock = false;
    bool m_complete = false;
    bool m_tooLarge = false;
    qint64 m_headerSize = 0;
    qint64 m_decoded = 0;
};

} // namespace backwatch
