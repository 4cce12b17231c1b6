using Microsoft.Playwright;
using Xunit.Sdk;

namespace Yaopai.BrowserTests.Harness;

/// <summary>How a person meets a page: in which language, on which screen.</summary>
public sealed class Look : IXunitSerializable
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    /// <summary>Chinese and English, desk and phone: four.</summary>
    public static TheoryData<Look> All =>
    [
        .. from language in new[] { Chinese, English }
           from isPhone in new[] { false, true }
           select new Look { Language = language, IsPhone = isPhone },
    ];

    /// <summary>Chinese on a phone and English on a desk: enough for a page whose parts are seen elsewhere in all four.</summary>
    public static TheoryData<Look> Two => [new Look { Language = Chinese, IsPhone = true }, Plain];

    /// <summary>For what has nothing to do with languages and sizes.</summary>
    public static Look Plain { get; } = new() { Language = English };

    /// <summary>The same in both languages.</summary>
    public static TheoryData<Look> Languages => [Plain, new Look { Language = Chinese }];

    public string Language { get; set; } = English;

    public bool IsPhone { get; set; }

    internal ViewportSize Screen => IsPhone ? new() { Width = 360, Height = 780 } : new() { Width = 1280, Height = 900 };

    /// <summary>As in the names of screenshots.</summary>
    public override string ToString() => $"{Language}-{(IsPhone ? "phone" : "desk")}";

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Language), Language);
        info.AddValue(nameof(IsPhone), IsPhone);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        Language = info.GetValue<string>(nameof(Language))!; // as it was added
        IsPhone = info.GetValue<bool>(nameof(IsPhone));
    }
}
