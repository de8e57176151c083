// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultyfile.h"

#include <sqlite3.h>

#include <cstring>
#include <mutex>
#include <random>

namespace backwatch {

namespace {

std::mutex mutex;
std::mt19937 random;
int oneIn = 0;
std::atomic<int> failed = 0;
sqlite3_vfs *real = nullptr;
sqlite3_vfs faulty{};
sqlite3_io_methods methods{};

/// The system's file follows in memory.
struct ShimFile
{
    sqlite3_file base;
    sqlite3_file *file;
};

sqlite3_file *inner(sqlite3_file *shim)
{
    return reinterpret_cast<ShimFile *>(shim)->file;
}

/// Whether this operation is to fail; if so, which of the kinds.
bool strikes(unsigned *kind)
{
    const std::lock_guard lock(mutex);
    if (oneIn == 0 || random() % static_cast<unsigned>(oneIn) != 0)
        return false;
    *kind = static_cast<unsigned>(random() % 3);
    ++failed;
    return true;
}

int shimClose(sqlite3_file *shim)
{
    return inner(shim)->pMethods->xClose(inner(shim));
}

int shimRead(sqlite3_file *shim, void *data, int amount, sqlite3_int64 offset)
{
    return inner(shim)->pMethods->xRead(inner(shim), data, amount, offset);
}

int shimWrite(sqlite3_file *shim, const void *data, int amount, sqlite3_int64 offset)
{
    unsigned kind = 0;
    if (!strikes(&kind))
        return inner(shim)->pMethods->xWrite(inner(shim), data, amount, offset);
    if (kind == 0)
        inner(shim)->pMethods->xWrite(inner(shim), data, amount / 2, offset);
    return kind == 2 ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

int shimTruncate(sqlite3_file *shim, sqlite3_int64 size)
{
    unsigned kind = 0;
    return strikes(&kind) ? SQLITE_IOERR_TRUNCATE : inner(shim)->pMethods->xTruncate(inner(shim), size);
}

int shimSync(sqlite3_file *shim, int flags)
{
    unsigned kind = 0;
    return strikes(&kind) ? SQLITE_IOERR_FSYNC : inner(shim)->pMethods->xSync(inner(shim), flags);
}

int shimFileSize(sqlite3_file *shim, sqlite3_int64 *size)
{
    return inner(shim)->pMethods->xFileSize(inner(shim), size);
}

int shimLock(sqlite3_file *shim, int level)
{
    return inner(shim)->pMethods->xLock(inner(shim), level);
}

int shimUnlock(sqlite3_file *shim, int level)
{
    return inner(shim)->pMethods->xUnlock(inner(shim), level);
}

int shimCheckReserved(sqlite3_file *shim, int *held)
{
    return inner(shim)->pMethods->xCheckReservedLock(inner(shim), held);
}

int shimControl(sqlite3_file *shim, int operation, void *argument)
{
    return inner(shim)->pMethods->xFileControl(inner(shim), operation, argument);
}

int shimSectorSize(sqlite3_file *shim)
{
    return inner(shim)->pMethods->xSectorSize(inner(shim));
}

int shimCharacteristics(sqlite3_file *shim)
{
    return inner(shim)->pMethods->xDeviceCharacteristics(inner(shim));
}

int shimShmMap(sqlite3_file *shim, int page, int size, int extend, void volatile **memory)
{
    return inner(shim)->pMethods->xShmMap(inner(shim), page, size, extend, memory);
}

int shimShmLock(sqlite3_file *shim, int offset, int count, int flags)
{
    return inner(shim)->pMethods->xShmLock(inner(shim), offset, count, flags);
}

void shimShmBarrier(sqlite3_file *shim)
{
    inner(shim)->pMethods->xShmBarrier(inner(shim));
}

int shimShmUnmap(sqlite3_file *shim, int remove)
{
    return inner(shim)->pMethods->xShmUnmap(inner(shim), remove);
}

int shimOpen(sqlite3_vfs *, const char *name, sqlite3_file *shim, int flags, int *outFlags)
{
    auto *own = reinterpret_cast<ShimFile *>(shim);
    own->file = reinterpret_cast<sqlite3_file *>(own + 1);
    const int result = real->xOpen(real, name, own->file, flags, outFlags);
    own->base.pMethods = own->file->pMethods ? &methods : nullptr;
    return result;
}

void fillMethods()
{
    methods.iVersion = 2; // shared memory, no mapping of the file itself
    methods.xClose = shimClose;
    methods.xRead = shimRead;
    methods.xWrite = shimWrite;
    methods.xTruncate = shimTruncate;
    methods.xSync = shimSync;
    methods.xFileSize = shimFileSize;
    methods.xLock = shimLock;
    methods.xUnlock = shimUnlock;
    methods.xCheckReservedLock = shimCheckReserved;
    methods.xFileControl = shimControl;
    methods.xSectorSize = shimSectorSize;
    methods.xDeviceCharacteristics = shimCharacteristics;
    methods.xShmMap = shimShmMap;
    methods.xShmLock = shimShmLock;
    methods.xShmBarrier = shimShmBarrier;
    methods.xShmUnmap = shimShmUnmap;
}

} // namespace

void FaultyFile::install()
{
    real = sqlite3_vfs_find(nullptr);
    faulty = *real;
    faulty.zName = "faulty";
    faulty.szOsFile = static_cast<int>(sizeof(ShimFile)) + real->szOsFile;
    faulty.xOpen = shimOpen;
    faulty.pNext = nullptr;
    fillMethods();
    sqlite3_vfs_register(&faulty, 1);
}

void FaultyFile::failOneIn(int operations, unsigned seed)
{
    const std::lock_guard lock(mutex);
    oneIn = operations;
    random.seed(seed);
}

int FaultyFile::failures()
{
    return failed;
}

} // namespace backwatch
