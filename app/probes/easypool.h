// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <vector>

namespace backwatch {

/// Easy handles kept for reuse, since making one costs more than clearing it.
class EasyPool
{
public:
    struct Easy
    {
        CURL *handle = nullptr;
        int slot = 0;     ///< a small number that no other handle in use has
        int lastPort = 0; ///< of the address that libcurl keeps under this slot's name
    };

    EasyPool() = default;
    ~EasyPool();
    EasyPool(const EasyPool &) = delete;
    EasyPool &operator=(const EasyPool &) = delete;

    /// A handle with default options; null when there is no memory for one.
    Easy take();
    void giveBack(Easy easy);

private:
    std::vector<Easy> m_idle;
    std::vector<int> m_freeSlots;
    int m_slots = 0;
};

} // namespace backwatch
