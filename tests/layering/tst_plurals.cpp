// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

namespace {

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Literals with a number in them, as the compiler joins them.
QStringList countedTexts(QString source)
{
    static const QRegularExpression join(QStringLiteral("\"\\s*\""));
    static const QRegularExpression literal(
        QStringLiteral("\"((?:[^\"\\\\\\n]|\\\\.)*%L?n(?:[^\"\\\\\\n]|\\\\.)*)\""));
    source.replace(join, QString());
    QStringList texts;
    for (auto found = literal.globalMatch(source); found.hasNext();)
        texts += found.next().captured(1).replace(QStringLiteral("\\\""), QStringLiteral("\""));
    return texts;
}

/// Texts that have a form for one and one for many.
QSet<QString> completeTexts(const QString &translation)
{
    QSet<QString> texts;
    QXmlStreamReader xml(translation);
    QString source;
    int forms = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"source") {
            source = xml.readElementText();
            forms = 0;
        } else if (xml.isStartElement() && xml.name() == u"numerusform") {
            forms += xml.readElementText().isEmpty() ? 0 : 1;
        } else if (xml.isEndElement() && xml.name() == u"message" && forms == 2) {
            texts += source;
        }
    }
    return texts;
}

} // namespace

class PluralsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Nobody reads "1 day(s)".
    void everyCountHasItsEnglishForms()
    {
        const QDir root(QStringLiteral(BACKWATCH_SOURCE_DIR));
        const auto known =
            completeTexts(textOf(root.filePath(QStringLiteral("translations/backwatch_en.ts"))));
        QVERIFY(known.size() > 20);
        QStringList missing;
        for (const auto *room : {"app", "ui"}) {
            QDirIterator files(root.filePath(QString::fromLatin1(room)),
                               {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString file = files.next();
                for (const auto &text : countedTexts(textOf(file)))
                    if (!known.contains(text))
                        missing += root.relativeFilePath(file) + QStringLiteral(": ") + text;
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(u'\n' + missing.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(PluralsTest)
#include "tst_plurals.moc"
