using System.Collections.Frozen;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>The names that operations of WeLink read in a query or a form.
/// One that is repeated is refused before anything is done.</summary>
internal static class WeLinkParameters
{
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
    [
        "activity", "address", "applicantId", "applicantUserId", "applicantUserNameCn", "applicantUserNameEn", "appName", "attributes",
        "authToken", "before", "businessCode", "client_id", "client_secret", "code", "code_challenge", "code_challenge_method",
        "code_verifier", "componentId", "componentName", "content", "contentType", "corpDeptCode", "corpUserId", "coverImg",
        "createTime", "customerId", "decision", "deptCode", "detailsUrl", "detailsUrlPc", "detailUrl", "excerpt", "expireTime",
        "file_sn", "fileId", "grant_type", "homePageUrl", "image", "image1", "image2", "imageUrl", "instanceId", "isForceTips", "isMsg",
        "isShowApplicantUserName", "itemId", "jobId", "key", "lang", "limit", "link", "md5", "messageStatus", "mobileNumber",
        "moduleType", "msgContent", "msgDisplayMode", "msgOwner", "msgRange", "msgTitle", "name", "offset", "orderId", "pageNo",
        "pageSize", "password", "productId", "publicAccID", "pubTime", "recDataStyle", "recursiveflag", "redirect_uri", "redirectUrl",
        "refresh_token", "remark", "response_type", "roleGroupId", "saasExtendParams", "scope", "side", "size", "skuCode",
        "sourceArticleId", "sourceName", "state", "statusColor", "taskDesc", "taskId", "taskTitle", "tenant", "tenant_id", "tenantId",
        "timeStamp", "title", "type", "urlType", "user_code", "userId", "username", "userNameCn", "userNameEn",
    ]);
}
