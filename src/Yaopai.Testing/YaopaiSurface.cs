namespace Yaopai.Testing;

/// <summary>The surfaces, by the names that addresses and the sandbox have for them.</summary>
public static class YaopaiSurface
{
    /// <summary>Huawei Account.</summary>
    public const string Huawei = "huawei";

    /// <summary>The Open API.</summary>
    public const string Open = "open";

    /// <summary>The identity platform.</summary>
    public const string Identity = "identity";

    /// <summary>WeLink.</summary>
    public const string WeLink = "welink";
}
