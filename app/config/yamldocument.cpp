// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/yamldocument.h"

#include "app/config/monitorsfiletext.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringDecoder>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_map>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kLongest = 16 * 1024 * 1024;
constexpr int kDeepest = 32;
constexpr int kMostNodes = 1'000'000;
constexpr int kMostBracketsInARow = 256;
constexpr qint64 kHeaviest = 64 * 1024 * 1024;

QString tooDeep()
{
    return MonitorsFileText::tr(
        "The values are nested more than %n level(s) deep, which no monitors file needs. Check "
        "the brackets and the indentation.",
        nullptr, kDeepest);
}

/// Leaves the parser; caught by readYaml().
struct Refusal
{
    TextPosition at;
    QString sentence;
};

TextPosition position(const YAML::Mark &mark)
{
    return mark.is_null() ? TextPosition{} : TextPosition{mark.line, mark.column};
}

/// QString::fromUtf8() would drop a byte order mark at the beginning.
QString decoded(const std::string &value)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(value.data(), static_cast<qsizetype>(value.size())));
}

/// Builds the tree from the parser's events. The parser's own node type would copy whatever an alias names
/// and forgets which scalars were quoted.
class TreeBuilder final : public YAML::EventHandler
{
public:
    YamlNodePtr root() const { return m_root; }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (m_root)
            throw Refusal{position(mark), MonitorsFileText::tr("A second document begins here. Keep one in a "
                                                               "file: remove the line with \"---\".")};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        finish(create(YamlNode::Kind::Null, mark, {}), anchor);
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.find(anchor);
        if (found == m_anchors.end())
            throw Refusal{position(mark),
                          MonitorsFileText::tr("This alias stands inside of what it names. Write "
                                               "the values out instead.")};
        place(found->second, position(mark));
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        auto node = create(YamlNode::Kind::Scalar, mark, tag);
        node->text = decoded(value);
        node->quoted = tag != "?";
        node->weight += static_cast<qint64>(value.size());
        finish(node, anchor);
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(create(YamlNode::Kind::Sequence, mark, tag), anchor);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(create(YamlNode::Kind::Map, mark, tag), anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame
    {
        std::shared_ptr<YamlNode> node;
        YAML::anchor_t anchor = 0;
        YamlNodePtr key;
        QHash<QString, int> lineOfKey;
    };

    std::shared_ptr<YamlNode> create(YamlNode::Kind kind, const YAML::Mark &mark, const std::string &tag)
    {
        if (tag.size() > 1 && !tag.starts_with("tag:yaml.org,2002:"))
            throw Refusal{position(mark), MonitorsFileText::tr("The tag %1 is not known here. Remove it.")
                                              .arg(QString::fromStdString(tag))};
        if (++m_nodes > kMostNodes)
            throw Refusal{position(mark),
                          MonitorsFileText::tr("The file holds too many values. Split it into several.")};
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->at = position(mark);
        node->weight = 16;
        return node;
    }

    void open(std::shared_ptr<YamlNode> node, YAML::anchor_t anchor)
    {
        if (m_open.size() >= kDeepest)
            throw Refusal{node->at, tooDeep()};
        m_open.push_back({std::move(node), anchor, nullptr, {}});
    }

    void close()
    {
        const auto frame = std::move(m_open.back());
        m_open.pop_back();
        finish(frame.node, frame.anchor);
    }

    void finish(const YamlNodePtr &node, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            m_anchors[anchor] = node;
        place(node, node->at);
    }

    void place(const YamlNodePtr &node, TextPosition at)
    {
        if (m_open.empty()) {
            m_root = node;
            return;
        }
        auto &frame = m_open.back();
        auto &parent = *frame.node;
        parent.weight += node->weight;
        parent.height = std::max(parent.height, node->height + 1);
        if (parent.weight > kHeaviest)
            throw Refusal{at,
                          MonitorsFileText::tr("The aliases up to here repeat too much. Write the values out "
                                               "instead, or use defaults.")};
        if (parent.height > kDeepest)
            throw Refusal{at, tooDeep()};
        if (parent.kind == YamlNode::Kind::Sequence)
            parent.items.push_back(node);
        else if (!frame.key)
            takeKey(frame, node, at);
        else
            parent.entries.push_back({frame.key->text, frame.key->at, node}), frame.key.reset();
    }

    static void takeKey(Frame &frame, const YamlNodePtr &node, TextPosition at)
    {
        if (node->kind != YamlNode::Kind::Scalar)
            throw Refusal{at, MonitorsFileText::tr("A key is plain text, such as name.")};
        const auto known = frame.lineOfKey.constFind(node->text);
        if (known != frame.lineOfKey.constEnd())
            throw Refusal{at,
                          MonitorsFileText::tr("\"%1\" stands here a second time; the first one is in line "
                                               "%2. Keep one of them.")
                              .arg(node->text, QString::number(*known))};
        frame.lineOfKey.insert(node->text, node->at.lineNumber());
        auto key = std::make_shared<YamlNode>(*node);
        key->at = at;
        frame.key = key;
    }

    YamlNodePtr m_root;
    std::vector<Frame> m_open;
    std::unordered_map<YAML::anchor_t, YamlNodePtr> m_anchors;
    int m_nodes = 0;
};

/// The parser's message in words that say what to do.
QString explained(const std::string &message)
{
    namespace Msg = YAML::ErrorMsg;
    if (message == Msg::TAB_IN_INDENTATION)
        return MonitorsFileText::tr("A tab stands in the indentation. YAML takes blanks only.");
    if (message == Msg::END_OF_SEQ_FLOW)
        return MonitorsFileText::tr("A list that began with \"[\" is not closed. Add a comma or \"]\".");
    if (message == Msg::END_OF_MAP_FLOW)
        return MonitorsFileText::tr("A group that began with \"{\" is not closed. Add a comma or \"}\".");
    if (message == Msg::END_OF_MAP || message == Msg::END_OF_SEQ || message == Msg::BLOCK_ENTRY ||
        message == Msg::MAP_VALUE || message == Msg::MAP_KEY)
        return MonitorsFileText::tr(
            "This is not where YAML expects it. Check that the lines of one group are "
            "indented alike and that a text with \": \" is quoted.");
    if (message == Msg::EOF_IN_SCALAR || message == Msg::DOC_IN_SCALAR)
        return MonitorsFileText::tr("A quoted text is not closed. Add the missing quotation mark.");
    if (message == Msg::UNKNOWN_ANCHOR)
        return MonitorsFileText::tr("This alias names an anchor that does not exist. A text that begins with "
                                    "\"*\" has to be quoted.");
    return MonitorsFileText::tr(
               "This is not valid YAML: %1. Check indentation, brackets and quotation marks.")
        .arg(QString::fromStdString(message));
}

bool isUtf8(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString ignored = decoder(text);
    return !decoder.hasError() && !text.contains('\0');
}

bool isText(Problems &problems)
{
    const auto text = problems.text();
    if (isUtf8(text))
        return true;
    TextPosition at;
    for (qsizetype i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const qsizetype length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (!isUtf8(text.sliced(i, std::min(length, text.size() - i))))
            break;
        at = lead == '\n' ? TextPosition{at.line + 1, 0}
                          : TextPosition{at.line, at.column + static_cast<int>(length)};
        i += length;
    }
    problems.add(at, MonitorsFileText::tr("This byte is not text in UTF-8. Save the file as UTF-8."));
    return false;
}

/// The first tab in the indentation of a line, which the parser mistakes for something else.
std::optional<TextPosition> tabInIndentation(QByteArrayView text, int line)
{
    qsizetype start = 0;
    for (int i = 0; i < line; ++i)
        start = text.indexOf('\n', start) + 1;
    for (int column = 0; start + column < text.size(); ++column) {
        if (text[start + column] == '\t')
            return TextPosition{line, column};
        if (text[start + column] != ' ')
            break;
    }
    return std::nullopt;
}

/// The parser reads ahead over brackets before anybody can stop it, which takes it long and much memory.
std::optional<TextPosition> tooManyBrackets(QByteArrayView text)
{
    int row = 0;
    TextPosition at;
    for (const char c : text) {
        row = c == '[' || c == '{' ? row + 1 : c == ' ' || c == '\n' || c == '\r' || c == '\t' ? row : 0;
        if (row > kMostBracketsInARow)
            return at;
        at = c == '\n' ? TextPosition{at.line + 1, 0} : TextPosition{at.line, at.column + 1};
    }
    return std::nullopt;
}

/// The text with the mark that ends a document: without one the parser takes an open quotation for closed.
std::string ended(QByteArrayView text)
{
    std::string result(text.data(), static_cast<std::size_t>(text.size()));
    if (!text.trimmed().endsWith("..."))
        result += text.endsWith('\n') ? "...\n" : "\n...\n";
    return result;
}

/// JSON writes what lies beyond U+FFFF as two escapes, YAML as one. Columns behind them are two less.
std::string withoutSurrogates(std::string text)
{
    static const QRegularExpression pair(
        u"\\A\\\\u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})"_s);
    constexpr std::size_t kPair = 12;
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos || text[begin] != '{')
        return text; // elsewhere it may be meant as it stands there
    std::string joined;
    joined.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            joined += text[i];
            continue;
        }
        const auto match = pair.match(
            QString::fromLatin1(text.data() + i, static_cast<qsizetype>(std::min(kPair, text.size() - i))));
        if (match.hasMatch()) {
            const char32_t code =
                QChar::surrogateToUcs4(static_cast<char16_t>(match.captured(1).toUShort(nullptr, 16)),
                                       static_cast<char16_t>(match.captured(2).toUShort(nullptr, 16)));
            joined += "\\U" + QByteArray::number(code, 16).rightJustified(8, '0').toStdString();
            i += kPair - 1;
        } else {
            joined += text[i];
            joined += text[++i]; // an escaped backslash begins nothing
        }
    }
    return joined;
}

void addSyntaxProblem(const YAML::Exception &exception, Problems &problems)
{
    const auto at = position(exception.mark);
    if (const auto tab = tabInIndentation(problems.text(), at.line))
        problems.add(*tab, explained(YAML::ErrorMsg::TAB_IN_INDENTATION));
    else
        problems.add(at, explained(exception.msg));
}

} // namespace

YamlNodePtr readYaml(Problems &problems)
{
    if (problems.text().size() > kLongest) {
        problems.add({}, MonitorsFileText::tr("The file is larger than 16 MiB. Split it into several."));
        return {};
    }
    if (!isText(problems))
        return {};
    if (const auto brackets = tooManyBrackets(problems.text())) {
        problems.add(*brackets, tooDeep());
        return {};
    }
    try {
        std::istringstream stream(withoutSurrogates(ended(problems.text())));
        YAML::Parser parser(stream);
        TreeBuilder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        if (builder.root() && builder.root()->kind != YamlNode::Kind::Null)
            return builder.root();
        problems.add({}, MonitorsFileText::tr("The file is empty. Begin with \"version: 1\"."));
    } catch (const Refusal &refusal) {
        problems.add(refusal.at, refusal.sentence);
    } catch (const YAML::Exception &exception) {
        addSyntaxProblem(exception, problems);
    } catch (const std::exception &exception) {
        problems.add({}, explained(exception.what()));
    }
    return {};
}

} // namespace backwatch
