using System.Globalization;
using System.Text;
using System.Xml;

namespace Yaopai.Server.Sandbox.Coverage;

/// <summary>Coverage in the form of JUnit, which every CI reads: an error that was not met is a test that failed.</summary>
internal static class CoverageXml
{
    public static byte[] Write(CoverageReport report)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "Documented errors");
            WriteCounts(xml, report.Documented, report.Met);
            foreach (var operation in report.Operations)
                Write(xml, operation);
            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void Write(XmlWriter xml, CoveredOperation operation)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", operation.Operation);
        WriteCounts(xml, operation.Errors.Count, operation.Met);
        foreach (var (error, meeting) in operation.Errors)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", operation.Operation);
            xml.WriteAttributeString("name", $"{error.Number} {error.Name}");
            if (meeting is null)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", "NotMet");
                xml.WriteAttributeString("message", $"The app has not met {error.Number}: {error.En}");
                xml.WriteString($"Send Yaopai-Error: {error.Number} with a request of {operation.Operation}. {error.RemedyEn}");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, int tests, int met)
    {
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", (tests - met).ToString(CultureInfo.InvariantCulture));
    }
}
