namespace Yaopai.Server.Gateway;

/// <summary>Looks at every request of every surface, with its answer. Not registered where nobody looks.</summary>
internal interface ICallObserver
{
    /// <summary>A request has come; nothing of it is read yet.</summary>
    IObservedCall Begin(ISurface surface, Call call);
}

/// <summary>A request that is looked at.</summary>
internal interface IObservedCall
{
    /// <summary>What is answered is decided, and nothing of it is written: headers may still be added.</summary>
    /// <param name="operation">Null where none took the request.</param>
    void OnAnswer(IOperation? operation, in Answer answer);

    /// <summary>The answer is written, or could not be.</summary>
    void End();
}
