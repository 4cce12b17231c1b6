namespace Yaopai.Server.DataStore;

/// <summary>What became of a request to the data store.</summary>
internal enum DataOutcome
{
    Done,

    /// <summary>A name, key, number or text that can never be accepted, whatever is stored.</summary>
    InvalidArgument,

    /// <summary>More than one answer holds: fewer have to be asked for.</summary>
    TooMuch,

    /// <summary>What is stored does not allow it: an undefined type or property, a value of another type, a number too large.</summary>
    InvalidOperation,

    /// <summary>The app would store more than it may.</summary>
    QuotaExceeded,

    NotFound,

    AlreadyExists,
}
