// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screenshots.h"

#include "ui/desktop.h"
#include "ui/editor/addwebsitedialog.h"
#include "ui/editor/passwordsdialog.h"
#include "ui/settings/historydialog.h"
#include "ui/theme/applicationstyle.h"
#include "ui/wall/firststartpage.h"

#include <QApplication>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>

namespace backwatch {

namespace {

constexpr QSize kSize(1600, 1000);
constexpr int kPatienceMs = 30'000;

struct ScreenshotsText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Screenshots)
};

/// Turns the event loop until it holds, or the patience is over.
template <typename Condition>
bool waitUntil(Condition condition)
{
    const QDeadlineTimer deadline(kPatienceMs);
    while (!condition() && !deadline.hasExpired()) {
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return condition();
}

/// The monitor with the most to tell: down, with evidence that was recognised.
std::optional<MonitorId> mostTelling(const Watch &watch)
{
    const auto monitors = watch.monitors();
    const auto telling = std::find_if(monitors.cbegin(), monitors.cend(), [&watch](const Monitor &monitor) {
        const auto incident = watch.status(monitor.id).incident;
        return incident && !incident->producer.isEmpty();
    });
    return telling == monitors.cend() ? std::nullopt : std::optional(telling->id);
}

bool everyMonitorAnswered(const Watch &watch)
{
    const auto monitors = watch.monitors();
    return std::all_of(monitors.cbegin(), monitors.cend(), [&watch](const Monitor &monitor) {
        return watch.status(monitor.id).last.has_value();
    });
}

/// Pages ask the history a moment after they are laid out. Questions are answered in order, so when one that
/// is asked after that has been answered, theirs have been too.
void letPagesFill(Watch &watch)
{
    for (int round = 0; round < 3; ++round) {
        QEventLoop loop;
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        loop.exec();
        const auto last = watch.incidents(0, 0, 1);
        waitUntil([&last] { return last.isFinished(); });
    }
}

Result<void> save(QWidget &widget, const QString &folder, const QString &screen, bool dark,
                  QStringList &files)
{
    const QString name = screen + (dark ? QStringLiteral("-dark.png") : QStringLiteral(".png"));
    const QString path = QDir(folder).filePath(name);
    if (!widget.grab().save(path))
        return failure(Error::Kind::Unwritable,
                       ScreenshotsText::tr("%1 cannot be written; choose another folder.").arg(path));
    files.append(path);
    return {};
}

/// As large as it asks to be.
template <typename Dialog>
Result<void> saveDialog(Watch &watch, const QString &folder, const QString &screen, bool dark,
                        QStringList &files)
{
    Dialog dialog(watch);
    dialog.show();
    letPagesFill(watch);
    return save(dialog, folder, screen, dark, files);
}

Result<void> takeAll(Watch &watch, MonitorId telling, const QString &folder, bool dark, QStringList &files)
{
    applyTheme(*qApp, dark ? Theme::Dark : Theme::Light);
    const auto window = createDesktop(watch);
    window->resize(kSize);
    window->show();
    letPagesFill(watch);
    if (const auto saved = save(*window, folder, QStringLiteral("wall"), dark, files); !saved)
        return saved;
    window->showMonitor(telling);
    letPagesFill(watch);
    if (const auto saved = save(*window, folder, QStringLiteral("monitor"), dark, files); !saved)
        return saved;
    if (const auto incident = watch.status(telling).incident) {
        window->showIncident(incident->id);
        letPagesFill(watch);
        if (const auto saved = save(*window, folder, QStringLiteral("incident"), dark, files); !saved)
            return saved;
    }
    FirstStartPage firstStart(watch);
    firstStart.resize(kSize);
    if (const auto saved = save(firstStart, folder, QStringLiteral("first-start"), dark, files); !saved)
        return saved;
    if (const auto saved =
            saveDialog<AddWebsiteDialog>(watch, folder, QStringLiteral("add-website"), dark, files);
        !saved)
        return saved;
    if (const auto saved =
            saveDialog<PasswordsDialog>(watch, folder, QStringLiteral("passwords"), dark, files);
        !saved)
        return saved;
    return saveDialog<HistoryDialog>(watch, folder, QStringLiteral("history"), dark, files);
}

} // namespace

Result<QStringList> takeScreenshots(Watch &watch, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(
            Error::Kind::Unwritable,
            ScreenshotsText::tr("The folder %1 cannot be created; choose another one.").arg(folder));
    const bool filled =
        waitUntil([&watch] { return everyMonitorAnswered(watch) && mostTelling(watch).has_value(); });
    if (!filled)
        return failure(
            Error::Kind::Unavailable,
            ScreenshotsText::tr("The demonstration did not get its answers within half a minute."));
    QStringList files;
    for (const bool dark : {false, true})
        if (const auto taken = takeAll(watch, *mostTelling(watch), folder, dark, files); !taken)
            return tl::make_unexpected(taken.error());
    return files;
}

} // namespace backwatch
