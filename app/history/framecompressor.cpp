// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/framecompressor.h"

#include "app/history/historytext.h"

#include <zstd.h>

#include <memory>

namespace backwatch {

namespace {

// Most of it is noise that only the code table shrinks; higher levels and short matches gain nothing.
constexpr int kFrameLevel = 3;
constexpr int kShortestMatch = 7;
constexpr unsigned long long kLargest = 2'000'000'000;

struct FreeContext
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

ZSTD_CCtx *compressor()
{
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    return context.get();
}

ZSTD_DCtx *decompressor()
{
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    return context.get();
}

tl::unexpected<Error> failed(std::size_t code)
{
    return failure(Error::Kind::Invalid, HistoryText::tr("Samples cannot be compressed (%1).")
                                             .arg(QString::fromLatin1(ZSTD_getErrorName(code))));
}

} // namespace

Result<QByteArray> compressed(const QByteArray &bytes, const std::vector<qsizetype> &ends)
{
    ZSTD_CCtx *const context = compressor();
    ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, kFrameLevel);
    ZSTD_CCtx_setParameter(context, ZSTD_c_minMatch, kShortestMatch);
    ZSTD_CCtx_setPledgedSrcSize(context, static_cast<unsigned long long>(bytes.size()));
    constexpr std::size_t kBlockHead = 16;
    const std::size_t bound =
        ZSTD_compressBound(static_cast<std::size_t>(bytes.size())) + kBlockHead * (ends.size() + 1);
    QByteArray frame(static_cast<qsizetype>(bound), Qt::Uninitialized);
    ZSTD_outBuffer out{frame.data(), bound, 0};
    ZSTD_inBuffer in{bytes.constData(), 0, 0};
    for (const qsizetype end : ends) {
        in.size = static_cast<std::size_t>(end);
        if (const auto left = ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush); left != 0)
            return failed(left);
    }
    in.size = static_cast<std::size_t>(bytes.size());
    if (const auto left = ZSTD_compressStream2(context, &out, &in, ZSTD_e_end); left != 0)
        return failed(left);
    frame.truncate(static_cast<qsizetype>(out.pos));
    return frame;
}

Result<QByteArray> decompressed(const QByteArray &frame)
{
    const auto packedSize = static_cast<std::size_t>(frame.size());
    const unsigned long long size = ZSTD_getFrameContentSize(frame.constData(), packedSize);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kLargest)
        return failure(Error::Kind::Unreadable,
                       HistoryText::tr("This is no compressed stretch of a history."));
    QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
    const auto length =
        ZSTD_decompressDCtx(decompressor(), bytes.data(), size, frame.constData(), packedSize);
    if (ZSTD_isError(length) || length != size)
        return failure(Error::Kind::Unreadable,
                       HistoryText::tr("This is no compressed stretch of a history."));
    return bytes;
}

} // namespace backwatch
