// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/core/clock.h"
#include "app/demonstration.h"
#include "app/invocation.h"
#include "app/probes/proberegistry.h"
#include "app/secrets/keychainsecrets.h"
#include "app/service/checkonce.h"
#include "app/service/inquiry.h"
#include "app/station.h"
#include "app/terminationsignal.h"
#include "ui/desktop.h"
#include "ui/screenshots.h"
#include "ui/theme/applicationstyle.h"

#include <QApplication>
#include <QMessageBox>
#include <QProcess>
#include <QTranslator>

#include <sys/resource.h>

#include <algorithm>

using namespace backwatch;

namespace {

/// Files that stay free for the database, the screen and the rest.
constexpr rlim_t kSpareDescriptors = 128;

/// Every check under way holds a socket, and the usual limit of 1,024 is soon reached.
int raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 500;
    const rlim_t wanted = std::min<rlim_t>(limit.rlim_max, 16'384);
    if (limit.rlim_cur < wanted) {
        rlimit raised{wanted, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit.rlim_cur = wanted;
    }
    return static_cast<int>(std::clamp<rlim_t>(limit.rlim_cur, 2 * kSpareDescriptors, 4'096) -
                            kSpareDescriptors);
}

/// The words of the user's language; English has a file too, for its plurals.
void loadTranslation(QCoreApplication &application, QTranslator &translator)
{
    const QString folder = QStringLiteral(":/translations");
    if (translator.load(QLocale(), QStringLiteral("backwatch"), QStringLiteral("_"), folder) ||
        translator.load(folder + QStringLiteral("/backwatch_en.qm")))
        application.installTranslator(&translator);
}

void name(QCoreApplication &application)
{
    application.setApplicationName(QStringLiteral("backwatch"));
    application.setApplicationVersion(QStringLiteral(BACKWATCH_VERSION));
}

int runWithoutScreen(const Invocation &call, const DataDirectory &directory, int maxInFlight)
{
    QTextStream out(stdout);
    QTextStream err(stderr);
    if (!call.error.isEmpty()) {
        err << call.error << Qt::endl;
        return kExitUsage;
    }
    if (call.help || call.version) {
        out << (call.help ? usage(commandNames()) : QStringLiteral("backwatch " BACKWATCH_VERSION "\n"));
        return kExitOk;
    }
    SystemClock clock;
    const auto runHeadless = [&]() -> Result<int> {
        TerminationSignal termination;
        QObject::connect(&termination, &TerminationSignal::received, qApp, &QCoreApplication::quit);
        const auto station = Station::open(directory, clock, {maxInFlight, false});
        if (!station)
            return tl::make_unexpected(station.error());
        QObject::connect(&(*station)->writer(), &HistoryWriter::faultChanged, qApp,
                         [&err](const QString &sentence) {
                             err << (sentence.isEmpty()
                                         ? QCoreApplication::translate("Main", "The history is stored again.")
                                         : sentence)
                                 << Qt::endl;
                         });
        (*station)->service().start();
        return QCoreApplication::exec();
    };
    const auto check = [&clock](const Monitor &monitor) {
        const auto probes = createProbes(clock);
        return checkOnce(*probes, monitor);
    };
    const auto secrets = [&clock] {
        return SecretDoor(createKeychainSecrets(clock, {.waitForLateService = false}));
    };
    const auto inquire = [&clock](const InquiryCase &about) -> QList<AnsweredQuestion> {
        const auto fingerprints = Fingerprints::load(QStringLiteral(":/fingerprints"));
        const auto probes = createProbes(clock);
        return fingerprints ? inquireNow(clock, *probes, *fingerprints, about) : QList<AnsweredQuestion>();
    };
    CommandContext context{directory, clock, check, runHeadless, out, err, secrets, inquire};
    context.readLoad = [&clock](const Service &service) {
        const auto probes = createProbes(clock);
        return readLoadOnce(clock, *probes, service);
    };
    return runCommand(call.command, call.commandArguments, context);
}

int failWith(const Error &error)
{
    QTextStream(stderr) << error.sentence << Qt::endl;
    // Started from a menu, nobody reads what goes to the standard error output.
    if (QGuiApplication::platformName() != QStringLiteral("offscreen"))
        QMessageBox::critical(nullptr, QStringLiteral("Backwatch"), error.sentence);
    return exitCodeOf(error);
}

int runWindow(const Invocation &call, DataDirectory directory, int maxInFlight)
{
    const Theme theme = themeFromId(call.theme).value_or(Theme::System);
    applyTheme(*qApp, theme);
    SystemClock clock;
    TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, qApp, &QCoreApplication::quit);

    std::unique_ptr<Demonstration> demo;
    if (call.demo) {
        auto prepared = Demonstration::prepare(clock);
        if (!prepared)
            return failWith(prepared.error());
        demo = *std::move(prepared);
        directory = demo->directory();
    }
    const auto station = Station::open(directory, clock, {maxInFlight, true});
    if (!station)
        return failWith(station.error());
    (*station)->service().start();

    if (!call.screenshots.isEmpty()) {
        const auto taken = takeScreenshots((*station)->service(), call.screenshots);
        if (!taken)
            return failWith(taken.error());
        QTextStream(stdout) << taken->join(u'\n') << Qt::endl;
        return kExitOk;
    }
    const auto window = createDesktop((*station)->service());
    window->setTheme(theme);
    QObject::connect(window.get(), &MainWindow::quitRequested, qApp, &QCoreApplication::quit);
    QObject::connect(window.get(), &MainWindow::demonstrationRequested, qApp, [] {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--demo")});
    });
    if (call.wall)
        window->showAsWall();
    else
        window->show();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const Invocation call = readInvocation(arguments, commandNames());
    const DataDirectory directory(call.dataDirectory.isEmpty() ? DataDirectory::defaultPath()
                                                               : call.dataDirectory);
    const int maxInFlight = raiseDescriptorLimit();
    QTranslator translator;
    if (!call.needsScreen()) {
        QCoreApplication application(argc, argv);
        name(application);
        loadTranslation(application, translator);
        return runWithoutScreen(call, directory, maxInFlight);
    }
    QApplication application(argc, argv);
    name(application);
    loadTranslation(application, translator);
    return runWindow(call, directory, maxInFlight);
}
