// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/servercheck.h"
#include "app/probes/conversation.h"

namespace backwatch {

/// Asks a FastCGI server such as PHP-FPM for its ping page and, where one is named, its status page.
class FastCgiConversation final : public Conversation
{
public:
    explicit FastCgiConversation(const FastCgiCheck &check) : m_check(check) {}

    Step opened() override;
    Step received(QByteArray &buffer) override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;

private:
    QByteArray request(const QString &path, int id, bool keep) const;
    Step requestEnded(const QByteArray &ending);
    Verdict pingVerdict() const;

    FastCgiCheck m_check;
    bool m_asksStatus = false;
    QByteArray m_output; ///< of the request under way
    QByteArray m_errors;
};

} // namespace backwatch
