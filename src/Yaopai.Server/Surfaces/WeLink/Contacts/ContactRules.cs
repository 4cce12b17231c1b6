using Yaopai.Server.Gateway;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>The rules that operations on contacts share.</summary>
internal static class ContactRules
{
    public static Rule<T>[] Person<T>() where T : PersonRequest =>
    [
        new(C.ParameterMissing,       x => x.NamesSomebody,           why: _ => "one of userId, corpUserId and mobileNumber is needed"),
        new(C.ParameterMalformed,     x => x.NamesAreTexts,           why: _ => "userId, corpUserId and mobileNumber are texts"),
        new(C.ParameterMalformed,     x => x.NamesAreShort,           why: _ => $"an id has {PersonRequest.LongestId} characters at most"),
        new(C.ParameterMalformed,     x => x.NumberIsReadable,        why: _ => "mobileNumber is not like +86-13900000000"),
    ];

    public static Rule<T>[] PersonIsThere<T>() where T : PersonRequest =>
    [
        new(C.DataMissing,            x => x.LoadPersonAsync(),       why: _ => "the organisation has no such person"),
        new(C.UserIdsMismatch,        x => x.IsOnePerson,             why: _ => "userId and corpUserId are two people's"),
    ];

    public static Rule<T>[] Department<T>() where T : ContactRequest =>
    [
        new(C.DepartmentCodeMissing,  x => x["deptCode"] is not "" || !x.IsScalar("deptCode")),
        new(C.ParameterMalformed,     x => x.DepartmentNumber is not null, why: x => $"deptCode is '{x["deptCode"]}'; codes are numbers"),
    ];

    public static Rule<T>[] DepartmentIsThere<T>() where T : ContactRequest =>
    [
        new(C.DataMissing,            x => x.LoadDepartmentAsync(),   why: x => $"the organisation has no department {x["deptCode"]}"),
    ];

    /// <param name="values">Rules about what else has to be one of the values that are listed: behind what is malformed, and before
    /// what is too much.</param>
    public static Rule<T>[] Page<T>(params Rule<T>[] values) where T : PageRequest =>
    [
        new(C.ParameterMalformed,     x => x.PageIsNumber,            why: _ => "pages are numbered from 1"),
        new(C.ParameterMalformed,     x => x.SizeIsNumber,            why: _ => "a page has one entry at least"),
        .. values,
        new(C.QueryTooLarge,          x => x.SizeIsWithinLimit,       why: x => $"{x.Size} are too many for one page"),
    ];
}
