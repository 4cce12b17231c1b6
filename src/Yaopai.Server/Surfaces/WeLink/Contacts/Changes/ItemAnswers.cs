using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>How far an item got, in the platform's numbers.</summary>
internal static class ItemAnswers
{
    public static ErrorDefinition RowOf(ItemState state) => state switch
    {
        ItemState.Queued => P.Queued,
        ItemState.Processing => P.Processing,
        ItemState.Opening => P.AccountOpening,
        ItemState.Opened or ItemState.Done => P.AccountOpened,
        ItemState.Saved => P.SavedWithoutAccount,
        ItemState.SecretaryMissing => P.SecretaryUnknown,
        ItemState.ParentMissing => P.ParentDepartmentUnknown,
        ItemState.MemberMissing => P.AccountUnknown,
        ItemState.AlreadyQueued => P.AlreadyQueued,
        ItemState.AlreadyProcessing => P.AlreadyProcessing,
        ItemState.Failed => P.AccountOpeningFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>A line for each item: its id, and how far it got.</summary>
    /// <param name="idName">Of the id in the line.</param>
    public static Answer Of(
        Call call, string idName, IEnumerable<(string Id, ErrorDefinition Row, ItemFault Fault)> items,
        Action<Utf8JsonWriter>? more = null) =>
        WeLinkDialect.Ok((call, idName, items, more), static (json, it) =>
        {
            it.more?.Invoke(json);
            json.WriteStartArray("data");
            foreach (var (id, row, fault) in it.items)
            {
                json.WriteStartObject();
                json.WriteString(it.idName, id);
                json.WriteString("code", row.Code);
                json.WriteString("message", TextOf(row, fault, WeLinkDialect.LanguageOf(it.call)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static Answer Of(SubmitRequest x, string idName) => Of(
        x.Call, idName, x.Changes.Zip(x.States, (change, state) => (change.Key, RowOf(state), ItemFault.None)));

    /// <summary>A failure carries its reason.</summary>
    private static string TextOf(ErrorDefinition row, ItemFault fault, string language)
    {
        var text = WeLinkDialect.TextOf(row, language);
        if (fault is ItemFault.None)
            return text;

        var (zh, en) = ReasonOf(fault);
        return language is "en" ? $"{text}: {en}" : $"{text}：{zh}";
    }

    private static (string Zh, string En) ReasonOf(ItemFault fault) => fault switch
    {
        ItemFault.KeyTaken => ("编号已存在或曾被使用", "the id is taken, or was once"),
        ItemFault.MobileTaken => ("手机号已被占用", "the mobile number is taken"),
        ItemFault.MobileChangedTooOften => ("24小时内修改手机号次数过多", "the mobile number changed too often within 24 hours"),
        ItemFault.DepartmentMissing => ("部门不存在", "there is no such department"),
        ItemFault.DepartmentNotEmpty => ("部门下还有子部门或成员", "the department has departments or members below it"),
        ItemFault.DepartmentInCircle => ("上级部门不能是部门自身或其下级", "a department cannot be below itself"),
        ItemFault.MobileMissing => ("缺少手机号", "there is no mobile number to sign in with"),
        ItemFault.RoleMissing => ("角色不存在", "there is no such role"),
        _ => ("系统处理失败", "the server could not process it"),
    };
}
