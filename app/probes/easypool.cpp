// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/easypool.h"

namespace backwatch {

namespace {
constexpr std::size_t kKept = 256;
}

EasyPool::~EasyPool()
{
    for (const Easy &easy : m_idle)
        curl_easy_cleanup(easy.handle);
}

EasyPool::Easy EasyPool::take()
{
    if (!m_idle.empty()) {
        const Easy easy = m_idle.back();
        m_idle.pop_back();
        return easy;
    }
    Easy easy{curl_easy_init(), 0, 0};
    if (!easy.handle)
        return easy;
    if (m_freeSlots.empty()) {
        easy.slot = ++m_slots;
    } else {
        easy.slot = m_freeSlots.back();
        m_freeSlots.pop_back();
    }
    return easy;
}

void EasyPool::giveBack(Easy easy)
{
    if (!easy.handle)
        return;
    if (m_idle.size() < kKept) {
        curl_easy_reset(easy.handle);
        m_idle.push_back(easy);
        return;
    }
    curl_easy_cleanup(easy.handle);
    m_freeSlots.push_back(easy.slot);
}

} // namespace backwatch
