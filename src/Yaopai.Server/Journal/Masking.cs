using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Journal;

/// <summary>What may be kept of a value.</summary>
internal enum Kept
{
    /// <summary>As it came.</summary>
    Whole,

    /// <summary>As it came, but for what looks like a credential, a phone number or a mail address.</summary>
    Plain,

    /// <summary>A few leading characters, so that two can be told apart.</summary>
    Leading,

    /// <summary>How long it was.</summary>
    Length,
}

/// <summary>Hides secrets and personal data: by the name that a value has, and by what it looks like.</summary>
internal static partial class Masking
{
    public const string Hidden = "…";

    private const int Leading = 6;
    private const int LongestName = 64;
    private const int MostNames = 1000;
    private const int ShortestMail = 6;
    private const int FewestDigits = 8;
    private const int ShortestOpaque = 32;
    private const int LongestValue = 512;
    private const int LongestRead = 8 * LongestValue;

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> s_opaque =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.%-");

    /// <summary>Names without their case, dashes and underscores.</summary>
    private static readonly FrozenSet<string> s_secrets = FrozenSet.ToFrozenSet(
    [
        "accesskey", "codeverifier", "cookie", "setcookie", "encodingaeskey", "key", "passwd", "privatekey", "proxyauthorization", "pwd",
        "sessionsecret", "pushtoken", "verificationcode", "smscode", "verifycode", "captcha", "pin",
    ]);

    private static readonly FrozenSet<string> s_credentials = FrozenSet.ToFrozenSet(
    [
        "accesstoken", "refreshtoken", "idtoken", "idtokenhint", "code", "authcode", "token", "ticket", "userticket", "bindticket",
        "devicecode", "usercode", "jscode", "sessionkey", "assertion", "clientassertion", "loginhint", "request", "decision", "nspkey",
        "signature", "sign", "bdsig", "nspsign", "mediaid", "suppliertoken",
    ]);

    private static readonly FrozenSet<string> s_personal = FrozenSet.ToFrozenSet(
    [
        "address", "avatar", "avatarurl", "birthday", "birthdate", "born", "content", "displayname", "figureurl", "firstname", "fullname",
        "gender", "headimg", "headimgurl", "headpictureurl", "idcard", "idcardnumber", "identity", "identitycard", "identitynumber",
        "idnumber", "imagebase64", "image", "landline", "lastname", "login", "mobiles", "name", "nickname", "photo", "picture", "portrait",
        "realname", "remark", "sex", "tel", "telephone", "text", "username", "wechat", "certno", "certificateno",
        "encryptedrealname", "signaturetext",
    ]);

    /// <summary>Identifiers, which open nothing and look like what does.</summary>
    private static readonly FrozenSet<string> s_whole = FrozenSet.ToFrozenSet(
        ["openid", "unionid", "groupunionid", "sub", "kid", "jti", "requestid", "openids", "unionids"]);

    private static readonly FrozenSet<string> s_plain = FrozenSet.ToFrozenSet(
    [
        "appname", "clientname", "errorname", "filename", "methodname", "servicename", "scopename", "emailverified", "phoneverified",
        "grouptoken", "tokentype", "errorcode", "signtype", "signmethod", "subjecttokentype", "nosecret",
    ]);

    /// <summary>What was found out of names before: a request has few, and the same ones again and again.</summary>
    private static readonly ConcurrentDictionary<string, Kept> s_known = new(StringComparer.Ordinal);

    /// <param name="isAnswer">In an answer a short <c>code</c> is the number of an error.</param>
    public static Kept KeptOf(string name, string value, bool isAnswer = false)
    {
        if (isAnswer && value.Length <= 12 && name.Equals("code", StringComparison.OrdinalIgnoreCase))
            return Kept.Plain;
        if (s_known.TryGetValue(name, out var kept))
            return kept;

        kept = KeptOf(string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());
        if (s_known.Count < MostNames && name.Length <= LongestName)
            s_known[name] = kept;
        return kept;
    }

    private static Kept KeptOf(string plain)
    {
        if (s_whole.Contains(plain))
            return Kept.Whole;
        if (s_plain.Contains(plain))
            return Kept.Plain;
        if (s_secrets.Contains(plain) || EndsInAny(plain, "secret", "password", "privatekey"))
            return Kept.Length;
        if (s_credentials.Contains(plain) || EndsInAny(plain, "token", "ticket", "authorization"))
            return Kept.Leading;

        return s_personal.Contains(plain)
            || EndsInAny(
                plain, "phone", "mobile", "phonenumber", "mobilenumber", "email", "mail", "name", "namecn", "nameen", "address", "birthday")
            ? Kept.Length
            : Kept.Plain;
    }

    public static string Value(string name, string value, bool isAnswer = false) => KeptOf(name, value, isAnswer) switch
    {
        Kept.Length => Length(value),
        Kept.Leading => Start(value),
        Kept.Whole => Cut(value, LongestValue),
        _ => Cut(Structured(Beginning(value), isAnswer), LongestValue),
    };

    /// <summary>A header of a request.</summary>
    public static string Header(string name, string value)
    {
        if (!EndsInAny(name.ToLowerInvariant(), "authorization"))
            return Value(name, value);

        if (!AuthenticationHeaderValue.TryParse(value, out var header) || header.Parameter is not { } credential)
            return Start(value);

        var isPassword = header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);
        return $"{header.Scheme} {(isPassword ? Length(credential) : Start(credential))}";
    }

    /// <summary>A text that nothing is known of: what looks like a credential, a phone number or a mail address is hidden.</summary>
    public static string Text(string text)
    {
        text = Personal(text);
        return text.Length < ShortestOpaque
            ? text
            : Opaque.Replace(text, static match => IsOpaque(match.ValueSpan) ? Start(match.Value) : match.Value);
    }

    /// <summary>A text in which secrets are masked already: what looks like a phone number or a mail address is hidden, too.</summary>
    public static string Personal(string text)
    {
        if (text.Length < ShortestMail)
            return text;
        if (text.Contains('@'))
            text = Mail.Replace(text, Hidden);

        return text.Count(char.IsAsciiDigit) < FewestDigits ? text : Phone.Replace(text, Hidden);
    }

    /// <summary>An address: the values of its query and fragment by their names.</summary>
    public static string Address(string address, bool isAnswer = false)
    {
        var at = address.AsSpan().IndexOfAny('?', '#');
        return at < 0 ? Text(address) : $"{Text(address[..at])}{address[at]}{Query(address[(at + 1)..], isAnswer)}";
    }

    /// <summary>As a query or a form has it.</summary>
    public static string Query(string query, bool isAnswer = false) => string.Join('&', query.Split('&').Select(pair =>
    {
        var at = pair.IndexOf('=');
        return at < 0 ? Text(pair) : $"{pair[..at]}={Encoded(Unescaped(pair[..at]), pair[(at + 1)..], isAnswer)}";
    }));

    /// <summary>A body that says it is a form, and is none, is one long name.</summary>
    public static string Name(string name) =>
        name.Length <= LongestName && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or '[' or ']')
            ? name : Length(name);

    public static string Cut(string text, int longest) => text.Length <= longest ? text : $"{FirstOf(text, longest)}{Hidden}";

    private static string Encoded(string name, string encoded, bool isAnswer)
    {
        var value = Unescaped(encoded);
        var masked = Value(name, value, isAnswer);
        return masked == value ? encoded : masked.Replace("&", "%26", StringComparison.Ordinal);
    }

    /// <summary>Values hold whole objects and addresses at times.</summary>
    private static string Structured(string value, bool isAnswer) => value switch
    {
        ['{' or '[', ..] => MaskedJson.Of(Encoding.UTF8.GetBytes(value), isAnswer) ?? Text(value),
        _ when value.Contains("://", StringComparison.Ordinal) || (value.Contains('?') && value.Contains('=')) => Address(value, isAnswer),
        _ when value.Contains('=') && value.Contains('&') => Query(value, isAnswer),
        _ => Text(value),
    };

    /// <summary>Of a value that nobody needs whole: without what may be the beginning of a credential at its end.</summary>
    private static string Beginning(string value) => value.Length <= LongestRead ? value
        : $"{FirstOf(value, value.AsSpan(0, LongestRead).LastIndexOfAnyExcept(s_opaque) + 1)}{Hidden}";

    /// <summary>Half a character is none that can be written.</summary>
    private static ReadOnlySpan<char> FirstOf(string text, int count) =>
        text.AsSpan(0, count > 0 && char.IsHighSurrogate(text[count - 1]) ? count - 1 : count);

    private static string Unescaped(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));

    private static string Start(string value) =>
        value.Length <= 2 * Leading ? Length(value) : $"{FirstOf(value, Leading)}{Hidden} ({value.Length} characters)";

    private static string Length(string value) => value is "" ? "" : $"{Hidden} ({value.Length} characters)";

    /// <summary>Like base64, or like hexadecimal digits: an address seldom is.</summary>
    private static bool IsOpaque(ReadOnlySpan<char> run) => !run.ContainsAnyExcept(s_hex)
        || (run.ContainsAnyInRange('0', '9') && run.ContainsAnyInRange('A', 'Z') && run.ContainsAnyInRange('a', 'z'));

    private static bool EndsInAny(string name, params ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Sealed things, tokens, hashes, keys.</summary>
    [GeneratedRegex("[A-Za-z0-9_+/=.%-]{32,}")]
    private static partial Regex Opaque { get; }

    [GeneratedRegex(@"(?<![\w.+-])(\+[0-9][0-9 -]{6,16}[0-9]|1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])(?![\w])")]
    private static partial Regex Phone { get; }

    [GeneratedRegex(@"[\w.+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")]
    private static partial Regex Mail { get; }
}
