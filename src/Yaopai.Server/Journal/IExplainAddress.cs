using Yaopai.Server.Gateway;

namespace Yaopai.Server.Journal;

/// <summary>Where a request is explained. Registered where error answers are to say it.</summary>
internal interface IExplainAddress
{
    const string Header = "Yaopai-Explain";

    string Of(Call call);
}
