// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/systemping.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

namespace backwatch {

namespace {

constexpr qsizetype kMostSaid = 16 * 1024;

pid_t spawn(std::vector<std::string> words, int output)
{
    std::vector<char *> arguments;
    for (auto &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    // Plain words to be parsed, whatever the language of the desktop.
    std::string language = "LC_ALL=C";
    std::string path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    std::array<char *, 3> environment{language.data(), path.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int error = ::posix_spawnp(&pid, "ping", &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? pid : 0;
}

} // namespace

SystemPing::~SystemPing()
{
    if (m_output >= 0)
        ::close(m_output);
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

bool SystemPing::start(const QByteArray &address, int count, milliseconds patience)
{
    std::array<int, 2> pipe{-1, -1};
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    // The child writes blocking, as every program expects of its standard output.
    ::fcntl(pipe[1], F_SETFL, 0);
    const auto seconds = std::max<qint64>(1, patience.count() / 1'000);
    m_pid = spawn({"ping", "-n", "-c", std::to_string(count), "-i", "0.2", "-W", std::to_string(seconds),
                   "--", address.toStdString()},
                  pipe[1]);
    ::close(pipe[1]);
    m_output = pipe[0];
    return m_pid > 0;
}

bool SystemPing::read()
{
    std::array<char, 4096> buffer;
    for (;;) {
        const auto size = ::read(m_output, buffer.data(), buffer.size());
        if (size > 0) {
            m_said.append(buffer.data(), std::min<qsizetype>(size, kMostSaid - m_said.size()));
            continue;
        }
        if (size < 0 && errno == EINTR)
            continue;
        return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

QList<microseconds> roundTripsIn(QByteArrayView said)
{
    QList<microseconds> roundTrips;
    for (const auto &line : said.toByteArray().split('\n')) {
        const auto at = line.indexOf("time=");
        if (at < 0 || !line.contains("bytes from"))
            continue;
        const auto from = at + 5;
        const auto space = line.indexOf(' ', from);
        bool isNumber = false;
        const double ms = line.mid(from, space - from).toDouble(&isNumber);
        if (isNumber && ms >= 0 && ms < 3'600'000)
            roundTrips.append(microseconds(static_cast<qint64>(ms * 1'000)));
    }
    return roundTrips;
}

} // namespace backwatch
