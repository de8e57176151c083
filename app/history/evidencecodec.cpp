// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"

#include "app/history/historytext.h"

#include <zstd.h>

namespace backwatch {

namespace {

constexpr int kHarLevel =
    6; // HAR shrinks to about a fifth; higher levels gain a few percent for several times the time
// A body of 64 KiB in base64 or escaped control characters, and headers; anything larger is not ours.
constexpr unsigned long long kUnpackedLimit = 16 * 1024 * 1024;

tl::unexpected<Error> damagedExchange()
{
    return failure(
        Error::Kind::Unreadable,
        HistoryText::tr("A recorded exchange in the history is damaged and cannot be shown. The rest of "
                        "the history is not affected."));
}

} // namespace

Result<QByteArray> packEvidence(const Exchange &exchange)
{
    const QByteArray har = harFromExchange(exchange);
    const auto size = static_cast<std::size_t>(har.size());
    QByteArray packed(static_cast<qsizetype>(ZSTD_compressBound(size)), Qt::Uninitialized);
    const std::size_t length = ZSTD_compress(packed.data(), static_cast<std::size_t>(packed.size()),
                                             har.constData(), size, kHarLevel);
    if (ZSTD_isError(length))
        return failure(Error::Kind::Invalid,
                       HistoryText::tr("A recorded exchange cannot be compressed (%1). It is not kept.")
                           .arg(QString::fromLatin1(ZSTD_getErrorName(length))));
    packed.truncate(static_cast<qsizetype>(length));
    return packed;
}

Result<Exchange> unpackEvidence(const QByteArray &packed)
{
    const auto packedSize = static_cast<std::size_t>(packed.size());
    const unsigned long long size = ZSTD_getFrameContentSize(packed.constData(), packedSize);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kUnpackedLimit)
        return damagedExchange();
    QByteArray har(static_cast<qsizetype>(size), Qt::Uninitialized);
    const std::size_t length = ZSTD_decompress(har.data(), size, packed.constData(), packedSize);
    if (ZSTD_isError(length) || length != size)
        return damagedExchange();
    return exchangeFromHar(har);
}

} // namespace backwatch
