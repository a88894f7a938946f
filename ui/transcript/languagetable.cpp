// SPDX-License-Identifier: MIT
#include "ui/transcript/languagetable.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static QStringList words(const QString &line)
{
    return line.split(u' ');
}

static LanguageTable cLike(const QString &names, const QString &keywords)
{
    LanguageTable table;
    table.names = words(names);
    table.keywords = words(keywords);
    table.lineComments = {u"//"_s};
    table.blocks = {{u"/*"_s, u"*/"_s}};
    table.quotes = u"\"'"_s;
    return table;
}

static LanguageTable hashLike(const QString &names, const QString &keywords, bool needsSpace)
{
    LanguageTable table;
    table.names = words(names);
    table.keywords = words(keywords);
    table.lineComments = {u"#"_s};
    table.quotes = u"\"'"_s;
    table.commentNeedsSpace = needsSpace;
    return table;
}

static LanguageTable cpp()
{
    LanguageTable table = cLike(u"c c++ cpp cc cxx h hpp hxx objc java cs csharp kotlin swift"_s,
        u"alignas auto bool break case catch char class const consteval constexpr constinit continue co_await co_return co_yield decltype default delete do double else enum explicit export extern false final float for friend goto if inline int long mutable namespace new noexcept nullptr operator override private protected public register requires return short signed sizeof static static_assert static_cast struct switch template this throw true try typedef typename union unsigned using virtual void volatile while concept import module package extends implements interface func var let fun val"_s);
    table.longStrings = {{u"R\"("_s, u")\""_s}};
    return table;
}

static LanguageTable javaScript()
{
    LanguageTable table = cLike(u"js javascript jsx mjs ts typescript tsx"_s,
        u"abstract any as async await boolean break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface keyof let namespace never new null number of private protected public readonly return set static string super switch this throw true try type typeof undefined unknown var void while yield"_s);
    table.longStrings = {{u"`"_s, u"`"_s}};
    return table;
}

static LanguageTable rust()
{
    LanguageTable table = cLike(u"rust rs"_s,
        u"as async await bool box break char const continue crate dyn else enum extern f32 f64 false fn for i16 i32 i64 i8 if impl in isize let loop match mod move mut pub ref return self Self static str struct super trait true type u16 u32 u64 u8 unsafe use usize where while"_s);
    table.quotes = u"\""_s; // 'a is a lifetime
    return table;
}

static LanguageTable go()
{
    LanguageTable table = cLike(u"go golang"_s,
        u"any bool break byte case chan const continue default defer else error fallthrough false float64 for func go goto if import int int64 interface iota make map new nil package range return rune select string struct switch true type uint var"_s);
    table.longStrings = {{u"`"_s, u"`"_s}};
    return table;
}

static LanguageTable python()
{
    LanguageTable table = hashLike(u"python py python3 pyi"_s,
        u"False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield"_s,
        false);
    table.longStrings = {{u"\"\"\""_s, u"\"\"\""_s}, {u"'''"_s, u"'''"_s}};
    return table;
}

static LanguageTable markup()
{
    LanguageTable table;
    table.names = words(u"html xml svg vue qml ui"_s);
    table.keywords = words(
        u"html head body div span script style link meta title a p ul ol li table tr td th h1 h2 h3 button input form img section header footer main nav class id href src type name value"_s);
    table.blocks = {{u"<!--"_s, u"-->"_s}};
    table.quotes = u"\"'"_s;
    return table;
}

static LanguageTable sql()
{
    LanguageTable table;
    table.names = words(u"sql sqlite postgres postgresql mysql"_s);
    table.keywords = words(
        u"add all alter and as asc begin between by case check column commit constraint create cross database default delete desc distinct drop else end exists foreign from full group having if in index inner insert integer into is join key left like limit not null offset on or order outer primary references returning right rollback select set table text then transaction trigger union unique update using values varchar view when where with"_s);
    table.lineComments = {u"--"_s};
    table.blocks = {{u"/*"_s, u"*/"_s}};
    table.quotes = u"'\""_s;
    table.foldsCase = true;
    return table;
}

static QVector<LanguageTable> allTables()
{
    LanguageTable json;
    json.names = words(u"json jsonc json5"_s);
    json.keywords = words(u"true false null"_s);
    json.lineComments = {u"//"_s};
    json.quotes = u"\""_s;
    LanguageTable css = cLike(u"css scss less qss"_s, u"important media import root hover focus and not"_s);
    css.lineComments.clear();
    LanguageTable diff;
    diff.names = words(u"diff patch"_s);
    diff.isDiff = true;
    return {cpp(), javaScript(), rust(), go(), python(), markup(), sql(), json, css, diff,
        hashLike(u"sh bash shell zsh console terminal fish dockerfile make makefile cmake"_s,
            u"alias case cd do done echo elif else esac eval exec exit export fi for function if in local read return select set shift source test then trap until unset while FROM RUN COPY CMD ENV WORKDIR ENTRYPOINT foreach endforeach endif endfunction"_s,
            true),
        hashLike(u"yaml yml toml ini conf cfg properties"_s, u"true false null yes no on off"_s, true)};
}

const LanguageTable *languageTable(const QString &name)
{
    static const QVector<LanguageTable> tables = allTables();
    const QString lower = name.toLower();
    for (const LanguageTable &table : tables) {
        if (table.names.contains(lower))
            return &table;
    }
    return nullptr;
}

} // namespace Meanwhile::Ui
