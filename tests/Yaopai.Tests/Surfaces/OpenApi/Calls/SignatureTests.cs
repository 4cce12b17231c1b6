using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Tests.Surfaces.OpenApi.Calls;

/// <summary>The canonical string and the signatures over it.</summary>
public sealed class SignatureTests
{
    private const int Runs = 2000;

    private static readonly (string Name, string Value)[] s_vector =
        [("session_key", "SK1"), ("timestamp", "2011-06-21 17:18:09"), ("format", "json"), ("uid", "67411167")];

    [Fact]
    public void The_vector_of_the_contract_holds()
    {
        var baseString = Signature.Scheme.BaseString(Pairs(s_vector), "sign", withEmpty: false);

        Assert.Equal("format=jsonsession_key=SK1timestamp=2011-06-21 17:18:09uid=67411167", baseString);
        Assert.Equal("394c8d30ede0beea8e909d9f9498c003", Signature.Scheme.Sign(SignatureMethod.Md5, baseString, "SS1"));
    }

    [Fact]
    public void Hmac_takes_the_secret_as_its_key_and_not_into_the_text()
    {
        var baseString = Signature.Scheme.BaseString(Pairs(s_vector), "sign", withEmpty: false);

        Assert.Equal(
            Convert.ToHexStringLower(new HMACSHA256("SS1"u8.ToArray()).ComputeHash(Encoding.UTF8.GetBytes(baseString))),
            Signature.Scheme.Sign(SignatureMethod.HmacSha256, baseString, "SS1"));
    }

    [Theory]
    [InlineData("", SignatureMethod.Md5)]
    [InlineData("md5", SignatureMethod.Md5)]
    [InlineData("hmac-sha256", SignatureMethod.HmacSha256)]
    [InlineData("MD5", null)]
    [InlineData("sha1", null)]
    public void Only_two_methods_are_offered(string text, object? method) => Assert.Equal(method, (object?)Signature.MethodOf(text));

    [Fact]
    public void The_order_in_which_parameters_come_changes_nothing() => Prop.ForAll(Parameters(), Seeds(), (parameters, seed) =>
    {
        var shuffled = parameters.ToArray();
        new System.Random(seed).Shuffle(shuffled);
        return Signature.Scheme.BaseString(parameters, "sign", true) == Signature.Scheme.BaseString(shuffled, "sign", true);
    }).Check(Config());

    [Fact]
    public void Names_stand_in_the_order_of_their_utf8_bytes() => Prop.ForAll(Parameters(), parameters =>
    {
        var expected = new StringBuilder();
        foreach (var (name, value) in parameters.Where(pair => pair.Key is not ("" or "sign"))
            .OrderBy(pair => Convert.ToHexString(Encoding.UTF8.GetBytes(pair.Key)), StringComparer.Ordinal))
            expected.Append(name).Append('=').Append(value);

        return Signature.Scheme.BaseString(parameters, "sign", true) == expected.ToString();
    }).Check(Config());

    [Fact]
    public void Both_readings_of_empty_values_verify_and_no_other_secret_does() => Prop.ForAll(Parameters(), Seeds(), (parameters, seed) =>
        new[] { SignatureMethod.Md5, SignatureMethod.HmacSha256 }.All(method => new[] { true, false }.All(withEmpty =>
        {
            var signature = Signature.Scheme.Sign(method, Signature.Scheme.BaseString(parameters, "sign", withEmpty), $"secret {seed}");
            return Signature.Scheme.Holds(method, parameters, "sign", signature, $"secret {seed}")
                && !Signature.Scheme.Holds(method, parameters, "sign", signature, $"secret {seed}x")
                && !Signature.Scheme.Holds(method, parameters, "sign", signature[1..], $"secret {seed}");
        }))).Check(Config());

    [Fact]
    public void A_value_that_changes_breaks_the_signature() => Prop.ForAll(Parameters(), parameters =>
    {
        var signature = Signature.Scheme.Sign(SignatureMethod.Md5, Signature.Scheme.BaseString(parameters, "sign", true), "s");
        return Enumerable.Range(0, parameters.Length).Where(i => parameters[i].Key is not ("" or "sign")).All(i =>
        {
            var changed = parameters.ToArray();
            changed[i] = new(changed[i].Key, changed[i].Value + "1");
            return !Signature.Scheme.Holds(SignatureMethod.Md5, changed, "sign", signature, "s");
        });
    }).Check(Config());

    [Fact]
    public void The_signature_itself_takes_no_part()
    {
        var with = Pairs([.. s_vector, ("sign", "whatever")]);

        Assert.Equal(Signature.Scheme.BaseString(Pairs(s_vector), "sign", true), Signature.Scheme.BaseString(with, "sign", true));
        Assert.NotEqual(Signature.Scheme.BaseString(Pairs(s_vector), "bd_sig", true), Signature.Scheme.BaseString(with, "bd_sig", true));
    }

    /// <summary>Any names once each, any values, empty ones and all planes of Unicode among them.</summary>
    private static Arbitrary<KeyValuePair<string, string>[]> Parameters()
    {
        var text = Gen.Elements("a", "Z", "_", "中", "\ue000", "\U0001f600", "\uffee", "=", "&", " ", "é", "0").ListOf()
            .Select(parts => string.Concat(parts.Take(4)));
        return Gen.Zip(text, text).ListOf()
            .Select(pairs => pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToArray())
            .ToArbitrary();
    }

    private static Arbitrary<int> Seeds() => Gen.Choose(0, 1_000_000).ToArbitrary();

    private static Config Config() => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(20261121, 7);

    private static KeyValuePair<string, string>[] Pairs((string Name, string Value)[] pairs) =>
        [.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))];
}
