namespace Yaopai.Server.Recognition;

/// <summary>Where the sandbox takes the engines away. Asked in the caller's own context before a picture is given to one.</summary>
internal interface IRecognitionSeam
{
    bool IsAway { get; }
}
