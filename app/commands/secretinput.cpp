// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/secretinput.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

namespace backwatch {

namespace {

/// More than any store takes, so that the store says what is too long.
constexpr qsizetype kLongestInput = 1024 * 1024;

struct SecretInputText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SecretInput)
};

volatile std::sig_atomic_t pendingSignal = 0;

extern "C" void notePendingSignal(int number)
{
    pendingSignal = number;
}

/// A terminal that does not show what is typed, until this ends.
class HiddenTyping
{
public:
    explicit HiddenTyping(int terminal) : m_terminal(terminal)
    {
        pendingSignal = 0;
        struct sigaction action = {};
        action.sa_handler = notePendingSignal; // no SA_RESTART: reading has to end
        for (size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals.at(i), &action, &m_before.at(i));
        if (::tcgetattr(terminal, &m_shown) == 0) {
            termios hidden = m_shown;
            hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            hidden.c_lflag |= ECHONL | ICANON;
            m_changed = ::tcsetattr(terminal, TCSAFLUSH, &hidden) == 0;
        }
    }

    ~HiddenTyping()
    {
        if (m_changed)
            ::tcsetattr(m_terminal, TCSAFLUSH, &m_shown);
        for (size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals.at(i), &m_before.at(i), nullptr);
        if (const int number = pendingSignal)
            ::raise(number);
    }

    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

    bool works() const { return m_changed; }

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

    int m_terminal;
    termios m_shown{};
    bool m_changed = false;
    std::array<struct sigaction, kSignals.size()> m_before{};
};

/// Stops at a line end where only one line is wanted; nothing where reading failed.
std::optional<QByteArray> readBytes(int descriptor, bool oneLine)
{
    QByteArray bytes;
    bytes.reserve(4096); // so that a password is not left behind by growing
    std::array<char, 4096> buffer{};
    bool failed = false;
    while (bytes.size() <= kLongestInput && !(oneLine && bytes.endsWith('\n'))) {
        const auto size = ::read(descriptor, buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR && pendingSignal == 0)
            continue;
        failed = size < 0;
        if (size <= 0)
            break;
        bytes.append(buffer.data(), static_cast<qsizetype>(size));
    }
    ::explicit_bzero(buffer.data(), buffer.size());
    if (failed)
        return {};
    return bytes;
}

std::optional<QByteArray> readHidden(int terminal, const QString &prompt, QTextStream &err)
{
    const HiddenTyping hidden(terminal);
    if (!hidden.works())
        return {};
    err << prompt << Qt::flush;
    return readBytes(terminal, true);
}

} // namespace

Result<QString> readSecretInput(int descriptor, const QString &prompt, QTextStream &err)
{
    auto bytes = ::isatty(descriptor) ? readHidden(descriptor, prompt, err) : readBytes(descriptor, false);
    if (!bytes)
        return failure(Error::Kind::Unreadable,
                       SecretInputText::tr("The value cannot be read; write it to the standard input."));
    if (bytes->endsWith('\n'))
        bytes->chop(bytes->endsWith("\r\n") ? 2 : 1);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString value = decoder.decode(*bytes);
    ::explicit_bzero(bytes->data(), static_cast<size_t>(bytes->size()));
    if (decoder.hasError())
        return failure(Error::Kind::Invalid,
                       SecretInputText::tr("The value is not text in UTF-8; convert it first."));
    if (value.isEmpty())
        return failure(Error::Kind::Invalid,
                       SecretInputText::tr("The value is empty; write it to the standard input."));
    return value;
}

} // namespace backwatch
