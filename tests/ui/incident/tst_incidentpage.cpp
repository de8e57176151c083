// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/playbooks.h"
#include "tests/support/fakewatch.h"
#include "tests/support/harfile.h"
#include "ui/incident/countasdialog.h"
#include "ui/incident/evidenceview.h"
#include "ui/incident/incidentpage.h"
#include "ui/incident/riskbadge.h"
#include "ui/incident/stepcard.h"
#include "ui/theme/applicationstyle.h"
#include "ui/theme/palette.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kOpened = 1'790'000'000'000; // 2026-09-21 14:13:20 UTC
constexpr IncidentId kId = 7;

QPalette toQt(const Palette &colours)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::Button, colours.surface);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::Highlight, colours.accent);
    return palette;
}

Exchange recorded(const QString &name, UtcMs at)
{
    auto exchange = readHarFile(QStringLiteral(BACKWATCH_TEST_DATA "/exchanges/%1.har").arg(name));
    if (!exchange)
        qFatal("%s", qPrintable(exchange.error().sentence));
    exchange->startedAt = at;
    exchange->url = QUrl(u"https://shop.example/cart?item=7"_s);
    exchange->address = u"192.0.2.7"_s;
    exchange->port = 443;
    exchange->certificate =
        Certificate{u"shop.example"_s, u"Example Trust CA 3"_s, kOpened + 43 * 86'400'000LL};
    exchange->phases.dns = microseconds(1'200);
    exchange->phases.tls = microseconds(14'100);
    exchange->phases.total += microseconds(15'300);
    return *exchange;
}

IncidentFile fileFor(const Exchange &failed)
{
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    const auto playbooks = Playbooks::load(u":/playbooks"_s);
    if (!fingerprints || !playbooks)
        qFatal("the data files do not load");
    const auto recognition = fingerprints->recognise(failed);
    IncidentFile file;
    file.incident.id = kId;
    file.incident.monitor = 1;
    file.incident.openedAt = kOpened;
    file.incident.confirmedAt = kOpened + 10'000;
    file.incident.outcome = failed.outcome;
    file.incident.httpStatus = failed.status;
    file.incident.detail = failed.detail;
    file.incident.producer = recognition.producer;
    file.incident.references = recognition.references;
    file.evidence.failed = std::make_shared<const Exchange>(failed);
    file.evidence.lastGood =
        std::make_shared<const Exchange>(recorded(u"varnish-healthy"_s, kOpened - 30'000));
    file.guide = playbooks->guideFor(file.incident, recognition, &failed);
    return file;
}

Exchange refusedConnection()
{
    Exchange exchange;
    exchange.startedAt = kOpened;
    exchange.outcome = Outcome::ConnectRefused;
    exchange.detail = u"192.0.2.7 port 443 refused the connection."_s;
    exchange.method = "GET";
    exchange.url = QUrl(u"https://shop.example/cart"_s);
    exchange.address = u"192.0.2.7"_s;
    exchange.port = 443;
    exchange.phases.dns = microseconds(21'300);
    exchange.phases.connect = microseconds(9'800);
    exchange.phases.total = microseconds(31'100);
    return exchange;
}

} // namespace

class IncidentPageTest : public QObject
{
    Q_OBJECT

private:
    void prepare(const IncidentFile &file, const QString &name = u"Front page"_s);
    QString text(const char *name) const;
    CountAsDialog *askHowItCounts();
    template <typename T>
    T *part(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }

    std::unique_ptr<FakeWatch> m_watch;
    std::unique_ptr<IncidentPage> m_page;

private Q_SLOTS:
    void initTestCase() { QApplication::setFont(QFont(u"DejaVu Sans"_s, 10)); }
    void init();
    void loadingThenContent();
    void errorCanBeTriedAgain();
    void olderAnswerIsNotShown();
    void header();
    void evidence();
    void differences();
    void noAnswer();
    void exchangeNotKept();
    void remoteTextIsNeverRich();
    void steps();
    void copyCommand();
    void copyReference();
    void keyboardReachesEveryStep();
    void timeAndStateFollow();
    void closingReloads();
    void countsAsAnOutageUntilSomethingIsSaid();
    void countingItAsSomethingElse();
    void countingNeedsAReasonAndAChange();
    void whatCannotBeStoredIsSaid();
    void lessLikelyCausesAreAButtonAway();
    void darkAndLight();
    void nothingIsCut_data();
    void nothingIsCut();
    void screens();
};

void IncidentPageTest::init()
{
    m_page.reset();
    m_watch = std::make_unique<FakeWatch>();
    m_page = std::make_unique<IncidentPage>(*m_watch);
    m_page->resize(1366, 768);
}

void IncidentPageTest::prepare(const IncidentFile &file, const QString &name)
{
    Monitor monitor;
    monitor.id = 1;
    monitor.service = u"Shop"_s;
    monitor.name = name;
    HttpCheck check;
    check.url = QUrl(u"https://shop.example/cart?item=7"_s);
    monitor.check = check;
    MonitorStatus status;
    status.state.state = State::Down;
    m_watch->putMonitor(monitor, status);
    m_watch->nowValue = kOpened + 312'000;
    m_watch->incidentFiles.insert(kId, file);
    m_page->show(kId);
}

QString IncidentPageTest::text(const char *name) const
{
    if (const auto *label = part<QLabel>(name))
        return label->text();
    if (const auto *block = part<QPlainTextEdit>(name))
        return block->toPlainText();
    return u"(missing)"_s;
}

void IncidentPageTest::loadingThenContent()
{
    m_watch->holdAnswers();
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QVERIFY(part<QLabel>("notice")->isVisible());
    QVERIFY(text("notice").contains(u"Loading"));
    QVERIFY(!part<QPushButton>("retry")->isVisible());
    m_watch->releaseAnswers();
    QTRY_VERIFY(part<EvidenceView>("evidence"));
    QVERIFY(!part<QLabel>("notice")->isVisible());
}

void IncidentPageTest::errorCanBeTriedAgain()
{
    m_watch->failWith = Error{Error::Kind::Unreadable, u"The history cannot be read. Check the disk."_s};
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_COMPARE(text("notice"), u"The history cannot be read. Check the disk."_s);
    QVERIFY(part<QPushButton>("retry")->isVisible());
    m_watch->failWith.reset();
    part<QPushButton>("retry")->click();
    QTRY_VERIFY(part<EvidenceView>("evidence"));
}

void IncidentPageTest::olderAnswerIsNotShown()
{
    auto other = fileFor(refusedConnection());
    other.incident.id = 8;
    m_watch->incidentFiles.insert(8, other);
    m_watch->holdAnswers();
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    m_page->show(8);
    m_watch->releaseAnswers();
    QTRY_VERIFY(text("outcome").contains(u"refused"));
    QCOMPARE(m_watch->filesAsked, (QList<IncidentId>{kId, 8}));
    QVERIFY(!part<QPlainTextEdit>("headers"));
}

void IncidentPageTest::header()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_COMPARE(text("monitorName"), u"Shop/Front page"_s);
    QVERIFY(text("verdict").startsWith(u"Varnish produced this page; it could not fetch the page"));
    QCOMPARE(text("outcome"), u"Answered with status 503"_s);
    QVERIFY2(text("time").contains(u"14:13:20 UTC"), qPrintable(text("time")));
    QVERIFY2(text("time").contains(u"5 min 12 s"), qPrintable(text("time")));
    QCOMPARE(part<QWidget>("state")->accessibleName(), u"State: Down"_s);
    QSignalSpy back(m_page.get(), &IncidentPage::backRequested);
    part<QPushButton>("back")->click();
    QCOMPARE(back.count(), 1);
    part<QPushButton>("checkNow")->click();
    QCOMPARE(m_watch->checkedNow, QList<MonitorId>{1});
}

void IncidentPageTest::evidence()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_COMPARE(text("statusLine"), u"HTTP/1.1 503 Backend fetch failed"_s);
    QVERIFY(text("when").contains(u"14:13:20 UTC"));
    QVERIFY(text("check").contains(u"https://shop.example/cart?item=7"));
    QCOMPARE(text("address"), u"192.0.2.7 port 443"_s);
    const QString headers = text("headers");
    QVERIFY(headers.startsWith(u"Date: "));
    QVERIFY(headers.indexOf(u"Server: Varnish") < headers.indexOf(u"X-Varnish: 3"));
    QVERIFY(text("body").contains(u"<p>XID: 4</p>"));
    QVERIFY(text("certificateUntil").contains(u"43 day"));
    QCOMPARE(text("reference"), u"4"_s);
    QVERIFY(part<QWidget>("phases")->accessibleName().contains(u"Waiting"));
}

void IncidentPageTest::differences()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<QWidget>("differences"));
    QStringList texts;
    const auto blocks = part<QWidget>("differences")->findChildren<QPlainTextEdit *>();
    for (const auto *block : blocks)
        texts.append(block->toPlainText());
    QVERIFY2(texts.contains(u"200 OK"_s), qPrintable(texts.join(u'|')));
    QVERIFY(texts.contains(u"503 Backend fetch failed"_s));
    QVERIFY(texts.contains(u"Header Retry-After"_s));
}

void IncidentPageTest::noAnswer()
{
    auto file = fileFor(refusedConnection());
    file.evidence.lastGood.reset();
    prepare(file);
    QTRY_COMPARE(text("outcome"), u"The connection was refused"_s);
    QCOMPARE(text("statusLine"), u"No answer was received"_s);
    QCOMPARE(text("detail"), u"192.0.2.7 port 443 refused the connection."_s);
    QVERIFY(!part<QPlainTextEdit>("headers"));
    QVERIFY(!part<QPlainTextEdit>("body"));
    QVERIFY(part<StepCard>("step-backend-services")->isOpen());
}

void IncidentPageTest::exchangeNotKept()
{
    auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    file.evidence = {};
    prepare(file);
    QTRY_COMPARE(text("detail"), u"503 Backend fetch failed"_s);
    QVERIFY(!part<QWidget>("phases"));
}

void IncidentPageTest::remoteTextIsNeverRich()
{
    const QString html = u"<b>bold</b><img src=\"file:///etc/passwd\">"_s;
    auto failed = recorded(u"varnish-refused"_s, kOpened);
    failed.reason = html.toLatin1();
    failed.body = html.toUtf8();
    failed.address = html;
    failed.responseHeaders = {{"X-Html", html.toLatin1()}};
    failed.certificate = Certificate{html, html, kOpened};
    auto file = fileFor(failed);
    file.incident.references = {{html, html}};
    file.guide.verdict = html;
    file.guide.facts = {html};
    file.guide.steps[0].why = html;
    prepare(file, html);
    QTRY_COMPARE(text("body"), html);
    QVERIFY(text("headers").contains(html));
    QVERIFY(text("statusLine").contains(html));
    QCOMPARE(text("verdict"), html);
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(labels.size() > 10);
    for (const auto *label : labels)
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
}

void IncidentPageTest::steps()
{
    const auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    prepare(file);
    QTRY_VERIFY(part<StepCard>("step-server-logs"));
    const auto cards = m_page->findChildren<StepCard *>();
    QCOMPARE(cards.size(), 7);
    for (qsizetype i = 0; i < cards.size(); ++i)
        QCOMPARE(cards[i]->isOpen(), i == 0);
    auto *first = part<StepCard>("step-server-logs");
    QCOMPARE(first->findChild<QLabel *>(u"why"_s)->text(), file.guide.steps[0].why);
    QCOMPARE(first->findChildren<QLabel *>(u"reading"_s).size(), file.guide.steps[0].reading.size());
    const auto commands = first->findChildren<QPlainTextEdit *>(u"command"_s);
    QCOMPARE(commands.size(), file.guide.steps[0].commands.size());
    QCOMPARE(commands.first()->toPlainText(), u"varnishlog -d -g request -q 'vxid == 4'"_s);
    QCOMPARE(first->findChild<RiskBadge *>()->accessibleName(), u"Risk: Read-only"_s);

    auto *second = part<StepCard>("step-backend-services");
    second->setOpen(true);
    QStringList risks;
    const auto badges = second->findChildren<RiskBadge *>();
    for (const auto *badge : badges)
        risks.append(badge->accessibleName());
    QVERIFY(risks.contains(u"Risk: Reversible"_s));
    QCOMPARE(risks.last(), u"Risk: Disruptive"_s);
    second->setOpen(false);
    QVERIFY(!second->findChild<QWidget *>(u"stepBody"_s)->isVisible());
}

void IncidentPageTest::copyCommand()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<StepCard>("step-server-logs"));
    auto *button = part<StepCard>("step-server-logs")->findChild<QPushButton *>(u"copy"_s);
    QVERIFY(button->accessibleName().contains(u"varnishlog -d -g request"));
    QApplication::clipboard()->setText(u"before"_s);
    const QString before = button->text();
    button->click();
    QCOMPARE(QApplication::clipboard()->text(), u"varnishlog -d -g request -q 'vxid == 4'"_s);
    QVERIFY(button->text() != before);
    QTRY_COMPARE(button->text(), before);
}

void IncidentPageTest::copyReference()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<QPushButton>("copyReference"));
    part<QPushButton>("copyReference")->click();
    QCOMPARE(QApplication::clipboard()->text(), u"4"_s);
}

void IncidentPageTest::keyboardReachesEveryStep()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<StepCard>("step-server-logs"));
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    part<QPushButton>("back")->setFocus();
    QSet<QWidget *> seen;
    while (!seen.contains(QApplication::focusWidget())) {
        seen.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const auto headers = m_page->findChildren<StepHeader *>();
    QCOMPARE(headers.size(), 7);
    for (auto *header : headers)
        QVERIFY2(seen.contains(header), qPrintable(header->text()));
    const auto buttons = m_page->findChildren<QPushButton *>();
    for (auto *button : buttons)
        QVERIFY2(seen.contains(button) || !button->isVisible(), qPrintable(button->accessibleName()));
    QVERIFY(!headers[3]->isChecked());
    headers[3]->setFocus();
    QTest::keyClick(headers[3], Qt::Key_Return);
    QVERIFY(headers[3]->isChecked());
}

void IncidentPageTest::timeAndStateFollow()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(text("time").contains(u"5 min 12 s"));
    m_watch->nowValue = kOpened + 3'720'000;
    MonitorStatus status;
    status.state.state = State::Degraded;
    m_watch->setStatus(1, status);
    QVERIFY2(text("time").contains(u"1 h 2 min"), qPrintable(text("time")));
    QCOMPARE(part<QWidget>("state")->accessibleName(), u"State: Degraded"_s);
}

void IncidentPageTest::closingReloads()
{
    auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    prepare(file);
    QTRY_VERIFY(text("time").startsWith(u"Since"));
    file.incident.closedAt = kOpened + 60'000;
    m_watch->incidentFiles.insert(kId, file);
    Incident other = file.incident;
    other.id = kId + 1;
    m_watch->closeIncident(other);
    QCOMPARE(m_watch->filesAsked.size(), 1);
    m_watch->closeIncident(file.incident);
    QCOMPARE(m_watch->filesAsked.size(), 2);
    QTRY_VERIFY(text("time").startsWith(u"From"));
    QVERIFY(text("time").contains(u"1 min 0 s"));
}

CountAsDialog *IncidentPageTest::askHowItCounts()
{
    part<QPushButton>("countAs")->click();
    return m_page->findChild<CountAsDialog *>();
}

void IncidentPageTest::countsAsAnOutageUntilSomethingIsSaid()
{
    auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    file.availability = 0.99954;
    prepare(file);
    QTRY_VERIFY(text("countsAs").contains(u"outage"));
    QVERIFY(!part<QLabel>("headerCount")->isVisible());
    QVERIFY(!part<QLabel>("said"));
    QVERIFY2(text("countedAvailability").contains(u"last 30 days: 99.95"),
             qPrintable(text("countedAvailability")));
}

void IncidentPageTest::countingItAsSomethingElse()
{
    auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    file.availability = 0.5;
    prepare(file);
    QTRY_VERIFY(part<QPushButton>("changeCount"));
    auto *evidence = part<EvidenceView>("evidence");
    auto *dialog = askHowItCounts();
    QVERIFY(dialog);
    QSignalSpy accepted(dialog, &QDialog::accepted);
    m_watch->incidentFiles[kId].availability = 1.0;
    // By the keys alone.
    QTest::keyClick(dialog->findChild<QRadioButton *>(u"maintenance"_s), Qt::Key_Space);
    QVERIFY(dialog->findChild<QRadioButton *>(u"maintenance"_s)->isChecked());
    auto *reason = dialog->findChild<QLineEdit *>(u"reason"_s);
    reason->setText(u"  New <b>database</b> "_s);
    QTest::keyClick(reason, Qt::Key_Return);
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(m_watch->incidentFiles[kId].said.size(), 1);
    QCOMPARE(m_watch->incidentFiles[kId].said.first().countsAs, OutageClass::Maintenance);
    QTRY_VERIFY(part<QLabel>("headerCount")->isVisible());
    QCOMPARE(text("headerCount"), u"Counts as maintenance"_s);
    QVERIFY(text("countsAs").contains(u"maintenance"));
    QVERIFY2(text("said").endsWith(u"anna@desk: maintenance, because: New <b>database</b>"),
             qPrintable(text("said")));
    QVERIFY(text("countedAvailability").contains(u"100"));
    QCOMPARE(part<EvidenceView>("evidence"), evidence); // what is read stays where it is

    QTRY_VERIFY(!m_page->findChild<CountAsDialog *>());
    part<QPushButton>("changeCount")->click();
    dialog = m_page->findChild<CountAsDialog *>();
    dialog->findChild<QRadioButton *>(u"outage"_s)->setChecked(true);
    dialog->findChild<QLineEdit *>(u"reason"_s)->setText(u"It was not planned"_s);
    dialog->findChild<QPushButton *>(u"primary"_s)->click();
    QTRY_VERIFY(!part<QLabel>("headerCount")->isVisible());
    const auto lines = m_page->findChildren<QLabel *>(u"said"_s);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first()->text().contains(u"It was not planned"));
}

void IncidentPageTest::countingNeedsAReasonAndAChange()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<QPushButton>("changeCount"));
    auto *dialog = askHowItCounts();
    auto *store = dialog->findChild<QPushButton *>(u"primary"_s);
    auto *reason = dialog->findChild<QLineEdit *>(u"reason"_s);
    QVERIFY(!reason->accessibleName().isEmpty());
    reason->setText(u"It was"_s);
    QVERIFY(!store->isEnabled()); // an outage it is already
    dialog->findChild<QRadioButton *>(u"not-observed"_s)->setChecked(true);
    QVERIFY(store->isEnabled());
    reason->setText(u"   "_s);
    QVERIFY(!store->isEnabled());
    dialog->reject();
    QVERIFY(m_watch->incidentFiles[kId].said.isEmpty());
}

void IncidentPageTest::whatCannotBeStoredIsSaid()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<QPushButton>("changeCount"));
    auto *dialog = askHowItCounts();
    dialog->findChild<QRadioButton *>(u"maintenance"_s)->setChecked(true);
    dialog->findChild<QLineEdit *>(u"reason"_s)->setText(u"Change 4711"_s);
    m_watch->failWith = Error{Error::Kind::Unwritable, u"The disk is full."_s};
    auto *store = dialog->findChild<QPushButton *>(u"primary"_s);
    store->click();
    QTRY_COMPARE(dialog->findChild<QLabel *>(u"problem"_s)->text(), u"The disk is full."_s);
    QVERIFY(dialog->isVisible());
    QVERIFY(store->isEnabled()); // once there is room, the same can be tried again
    m_watch->failWith.reset();
    store->click();
    QTRY_COMPARE(text("headerCount"), u"Counts as maintenance"_s);
}

void IncidentPageTest::lessLikelyCausesAreAButtonAway()
{
    auto file = fileFor(recorded(u"varnish-refused"_s, kOpened));
    for (int i = 0; i < 12; ++i)
        file.diagnosis.causes.append(
            {CauseKind::Overload, Confidence::Low, {u"It waits."_s}, {}, u"Idle."_s});
    prepare(file);
    QTRY_VERIFY(part<QPushButton>("furtherCauses"));
    const auto visible = [this] {
        const auto causes = m_page->findChildren<QLabel *>(u"cause"_s);
        return std::count_if(causes.cbegin(), causes.cend(),
                             [](const QLabel *one) { return one->isVisible(); });
    };
    QCOMPARE(m_page->findChildren<QLabel *>(u"cause"_s).size(), 12);
    QCOMPARE(visible(), 2);
    auto *further = part<QPushButton>("furtherCauses");
    QVERIFY2(further->text().contains(u"10"), qPrintable(further->text()));
    QTest::keyClick(further, Qt::Key_Space);
    QCOMPARE(visible(), 12);
    QTest::keyClick(further, Qt::Key_Space);
    QCOMPARE(visible(), 2);
}

void IncidentPageTest::darkAndLight()
{
    prepare(fileFor(recorded(u"varnish-refused"_s, kOpened)));
    QTRY_VERIFY(part<EvidenceView>("evidence"));
    const auto original = QApplication::palette();
    for (const auto &colours : {darkPalette(), lightPalette()}) {
        QApplication::setPalette(toQt(colours));
        QTRY_VERIFY(m_page->styleSheet().contains(colours.window.name()));
        QCOMPARE(m_page->grab().toImage().pixelColor(4, 4).name(), colours.window.name());
    }
    QApplication::setPalette(original);
}

void IncidentPageTest::nothingIsCut_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1366 x 768") << QSize(1366, 768);
    QTest::newRow("1920 x 1080") << QSize(1920, 1080);
}

void IncidentPageTest::nothingIsCut()
{
    QFETCH(QSize, size);
    m_page->resize(size);
    prepare(
        fileFor(recorded(u"varnish-refused"_s, kOpened)),
        u"Bestellbestätigungsversanddienstleisterschnittstelle Überwachung der Warenkorbseite für Großkunden"_s);
    QTRY_VERIFY(part<EvidenceView>("evidence"));
    for (auto *card : m_page->findChildren<StepCard *>())
        card->setOpen(true);
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    QTest::qWait(0);
    QCOMPARE(m_page->size(), size);
    for (const auto *area : m_page->findChildren<QScrollArea *>())
        QVERIFY2(area->widget()->width() <= area->viewport()->width(), qPrintable(area->accessibleName()));
    for (const auto *label : m_page->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        QVERIFY2(label->height() >= needed - 1, qPrintable(label->text()));
        QVERIFY2(label->wordWrap() || label->width() >= label->sizeHint().width(), qPrintable(label->text()));
    }
    for (const auto *block : m_page->findChildren<QPlainTextEdit *>())
        if (block->objectName() != u"body" && block->isVisible())
            QVERIFY2(block->verticalScrollBar()->maximum() == 0, qPrintable(block->toPlainText()));
}

/// Renders the page for the eye: BACKWATCH_SCREENSHOTS names the folder.
void IncidentPageTest::screens()
{
    const QString folder = qEnvironmentVariable("BACKWATCH_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("BACKWATCH_SCREENSHOTS is not set");
    QVERIFY(QDir().mkpath(folder));
    const auto original = QApplication::palette();
    const auto shoot = [&](const QString &name, const IncidentFile &file, QSize size, const Palette &colours,
                           const QString &monitor = u"Front page"_s, int scroll = 0) {
        QApplication::setPalette(toQt(colours));
        init();
        m_page->resize(size);
        prepare(file, monitor);
        QTRY_VERIFY(part<EvidenceView>("evidence"));
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        if (scroll) {
            part<StepCard>("step-backend-services")->setOpen(true);
            QTest::qWait(50);
            for (auto *area : m_page->findChildren<QScrollArea *>())
                area->verticalScrollBar()->setValue(scroll);
        }
        QTest::qWait(50);
        QVERIFY(m_page->grab().save(folder + u'/' + name + u".png"));
    };
    const QSize small(1366, 768);
    const QSize large(1920, 1080);
    const auto varnish = fileFor(recorded(u"varnish-refused"_s, kOpened));
    auto refused = fileFor(refusedConnection());
    refused.incident.closedAt = kOpened + 95'000;
    const QString german =
        u"Bestellbestätigungsversanddienstleisterschnittstelle Überwachung der Warenkorbseite für Großkunden"_s;
    shoot(u"light-1366"_s, varnish, small, lightPalette());
    shoot(u"dark-1366"_s, varnish, small, darkPalette());
    shoot(u"light-1920"_s, varnish, large, lightPalette());
    shoot(u"dark-1920"_s, varnish, large, darkPalette());
    shoot(u"light-1366-scrolled"_s, varnish, small, lightPalette(), u"Front page"_s, 480);
    shoot(u"dark-1366-scrolled"_s, varnish, small, darkPalette(), u"Front page"_s, 900);
    shoot(u"no-answer"_s, refused, small, lightPalette());
    shoot(u"long-name"_s, fileFor(recorded(u"nginx-limit-conn-503"_s, kOpened)), small, darkPalette(),
          german);
    auto counted = fileFor(recorded(u"varnish-refused"_s, kOpened));
    counted.availability = 0.9993;
    counted.said = {{OutageClass::Maintenance, u"Change 4711: the new database took longer than announced"_s,
                     u"anna@desk"_s, kOpened + 3'600'000},
                    {OutageClass::NotObserved, german, u"bernhard@leitstand-nord-2"_s, kOpened + 7'200'000}};
    shoot(u"counted"_s, counted, small, lightPalette(), u"Front page"_s, 4'000);
    auto empty = fileFor(refusedConnection());
    empty.evidence = {};
    empty.guide = {};
    shoot(u"empty"_s, empty, small, lightPalette());
    shoot(u"narrow"_s, counted, {760, 768}, lightPalette(), german);
    auto many = varnish;
    for (int i = 0; i < 14; ++i)
        many.diagnosis.causes.append(
            {CauseKind::UpstreamRefused, Confidence::Medium, {german, german}, {german}, german});
    shoot(u"many-causes"_s, many, small, darkPalette());
    QApplication::setPalette(original);
    for (const auto theme : {Theme::Dark, Theme::Light}) {
        applyTheme(*qApp, theme);
        CountAsDialog dialog(*m_watch, kId, OutageClass::Maintenance, true);
        dialog.show();
        dialog.findChild<QLineEdit *>(u"reason"_s)->setText(theme == Theme::Dark ? german : QString());
        QTest::qWait(50);
        QVERIFY(dialog.grab().save(folder + u"/count-as-" + themeId(theme) + u".png"));
    }
}

QTEST_MAIN(IncidentPageTest)
#include "tst_incidentpage.moc"
