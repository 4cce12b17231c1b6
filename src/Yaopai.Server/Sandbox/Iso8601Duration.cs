using System.Xml;

namespace Yaopai.Server.Sandbox;

/// <summary>Durations as the sandbox writes and reads them: <c>PT6M</c>, <c>P180D</c>.</summary>
internal static class Iso8601Duration
{
    public static string Write(TimeSpan duration) => XmlConvert.ToString(duration);

    public static bool TryRead(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}
