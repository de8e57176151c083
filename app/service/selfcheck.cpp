// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/selfcheck.h"

#include "app/history/database.h"
#include "app/history/historyfile.h"
#include "app/secrets/keychaincheck.h"
#include "app/service/historycheck.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QLocale>
#include <QNetworkInterface>
#include <QStandardPaths>
#include <QStorageInfo>

#include <openssl/x509.h>
#include <sys/timex.h>

#include <memory>

namespace backwatch {

namespace {

constexpr int kKeychainTimeoutMs = 3'000;
constexpr qint64 kLittleSpace = 200 * 1024 * 1024;
/// No clock that is right shows an earlier time than this program's first year.
constexpr UtcMs kEarliest = 1'767'225'600'000; // 2026-01-01

struct SelfCheckText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SelfCheck)
};

SelfCheckLine checkSpace(const DataDirectory &directory)
{
    QString existing = directory.path();
    while (!QFileInfo::exists(existing) && existing != QDir::rootPath())
        existing = QFileInfo(existing).absolutePath();
    const QStorageInfo storage(existing);
    const QString free = QLocale().formattedDataSize(storage.bytesAvailable());
    if (!QFileInfo(existing).isWritable() || storage.isReadOnly()) {
        return {SelfCheckText::tr("disk"), false,
                SelfCheckText::tr(
                    "%1 cannot be written; change its permissions or name another directory with --data-dir.")
                    .arg(existing)};
    }
    if (storage.bytesAvailable() < kLittleSpace)
        return {SelfCheckText::tr("disk"), false,
                SelfCheckText::tr("Only %1 are free for %2; make room there.").arg(free, directory.path())};
    return {SelfCheckText::tr("disk"), true,
            SelfCheckText::tr("%1 free for %2.").arg(free, directory.path())};
}

SelfCheckLine checkDatabase(const DataDirectory &directory)
{
    const QString path = directory.database();
    const auto file = inspectHistoryFile(path);
    if (!file)
        return {SelfCheckText::tr("database"), false, file.error().sentence};
    if (file->isNew)
        return {SelfCheckText::tr("database"), true,
                SelfCheckText::tr("%1 will be created when something is watched.").arg(path)};
    const auto database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return {SelfCheckText::tr("database"), false, database.error().sentence};
    const auto answer = singleValue(database->connection(), QStringLiteral("PRAGMA quick_check(1)"));
    if (!answer)
        return {SelfCheckText::tr("database"), false, answer.error().sentence};
    if (answer->toString() != QStringLiteral("ok")) {
        return {SelfCheckText::tr("database"), false,
                SelfCheckText::tr(
                    "%1 is damaged (%2); close Backwatch, move the file away and keep it, and a new one will "
                    "be made.")
                    .arg(path, answer->toString())};
    }
    return {
        SelfCheckText::tr("database"), true,
        SelfCheckText::tr("%1, schema %2, %3.")
            .arg(path, QString::number(file->schema), QLocale().formattedDataSize(QFileInfo(path).size()))};
}

SelfCheckLine checkKeychainService()
{
    const auto answered = checkKeychain(kKeychainTimeoutMs);
    if (!answered)
        return {SelfCheckText::tr("keychain"), false, answered.error().sentence};
    return {SelfCheckText::tr("keychain"), true, SelfCheckText::tr("The system keychain answers.")};
}

SelfCheckLine checkTrust()
{
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), &X509_STORE_free);
    X509_STORE_set_default_paths(store.get());
    const int count = sk_X509_OBJECT_num(X509_STORE_get0_objects(store.get()));
    // Hashed directories are read only when a certificate is looked for, so an empty store alone proves
    // nothing.
    const bool hashed = !QDir(QString::fromLocal8Bit(X509_get_default_cert_dir())).isEmpty();
    if (count <= 0 && !hashed) {
        return {
            SelfCheckText::tr("TLS"), false,
            SelfCheckText::tr(
                "No certificate authorities are installed, so that every https check would fail; install the "
                "package ca-certificates.")};
    }
    return {SelfCheckText::tr("TLS"), true,
            count > 0 ? SelfCheckText::tr("%n certificate authority(ies) trusted.", nullptr, count)
                      : SelfCheckText::tr("The certificate authorities in %1 are trusted.")
                            .arg(QString::fromLocal8Bit(X509_get_default_cert_dir()))};
}

SelfCheckLine checkClock(const Clock &clock)
{
    const UtcMs now = clock.utcMs();
    if (now < kEarliest)
        return {SelfCheckText::tr("clock"), false,
                SelfCheckText::tr("The clock says %1; set it.").arg(formatTimestamp(now))};
    timex state{};
    if (adjtimex(&state) == TIME_ERROR) {
        return {
            SelfCheckText::tr("clock"), false,
            SelfCheckText::tr(
                "The clock says %1 and nothing keeps it right; switch on NTP with timedatectl set-ntp true.")
                .arg(formatTimestamp(now))};
    }
    return {SelfCheckText::tr("clock"), true,
            SelfCheckText::tr("%1, kept right by NTP.").arg(formatTimestamp(now))};
}

SelfCheckLine checkOwnNetwork()
{
    QStringList names;
    for (const auto &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning) &&
            !flags.testFlag(QNetworkInterface::IsLoopBack) && !interface.addressEntries().isEmpty())
            names.append(interface.name());
    }
    if (names.isEmpty())
        return {SelfCheckText::tr("own network"), false,
                SelfCheckText::tr("No network interface is up; only this machine itself can be watched.")};
    return {SelfCheckText::tr("own network"), true,
            SelfCheckText::tr("%1 is up.").arg(names.join(QStringLiteral(", ")))};
}

SelfCheckLine checkFonts()
{
    const QStringList patterns{QStringLiteral("*.ttf"), QStringLiteral("*.otf"), QStringLiteral("*.ttc")};
    for (const auto &folder : QStandardPaths::standardLocations(QStandardPaths::FontsLocation)) {
        QDirIterator files(folder, patterns, QDir::Files, QDirIterator::Subdirectories);
        if (files.hasNext())
            return {SelfCheckText::tr("fonts"), true,
                    SelfCheckText::tr("There are fonts in %1.").arg(folder)};
    }
    return {SelfCheckText::tr("fonts"), false,
            SelfCheckText::tr("No fonts are installed; install the package fonts-dejavu-core.")};
}

} // namespace

QList<SelfCheckLine> selfCheck(const DataDirectory &directory, const Clock &clock)
{
    const SelfCheckLine database = checkDatabase(directory);
    QList<SelfCheckLine> lines{database};
    if (database.well)
        lines += checkHistory(directory);
    lines += {checkSpace(directory), checkKeychainService(), checkTrust(),
              checkClock(clock),     checkOwnNetwork(),      checkFonts()};
    return lines;
}

} // namespace backwatch
