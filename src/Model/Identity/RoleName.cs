namespace ActorScheduler.Model;

/// <summary>
/// Rules for role names: paths such as <c>eng/backend</c> whose components are separated by '/'. <c>*</c> is the default role
/// and has no children.
/// </summary>
public static class RoleName
{
    /// <summary>The role of frameworks that name none, and of unreserved resources.</summary>
    public const string Default = "*";

    /// <summary>Longest name in characters, all components together.</summary>
    public const int MaxLength = 1024;

    /// <summary>Says what is wrong with a role name, or null.</summary>
    public static Problem? Check(string field, string? role)
    {
        if (string.IsNullOrEmpty(role))
            return new Problem(field, "a role must not be empty");
        if (role == Default)
            return null;
        if (role.Length > MaxLength)
            return new Problem(field, $"a role must have at most {MaxLength} characters, has {role.Length}");
        if (role[0] == '/' || role[^1] == '/')
            return new Problem(field, $"role '{Shown(role)}' must not start or end with '/'");
        foreach (string component in role.Split('/'))
        {
            if (component.Length == 0)
                return new Problem(field, $"role '{Shown(role)}' must not contain '//'");
            if (component is "." or ".." or "*")
                return new Problem(field, $"role '{Shown(role)}' must not contain the component '{component}'");
            if (component[0] == '-')
                return new Problem(field, $"role '{Shown(role)}' must not contain a component that starts with '-'");
            foreach (char c in component)
            {
                if (char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
                    return new Problem(field, $"role '{Shown(role)}' must not contain white space, control characters or '\\'");
            }
        }
        return null;
    }

    /// <summary>Whether <paramref name="role"/> equals <paramref name="ancestor"/> or lies below it in the tree.</summary>
    public static bool IsSelfOrDescendant(string role, string ancestor) =>
        role.StartsWith(ancestor, StringComparison.Ordinal)
        && (role.Length == ancestor.Length || role[ancestor.Length] == '/');

    /// <summary>Whether <paramref name="role"/> lies strictly below <paramref name="ancestor"/>.</summary>
    public static bool IsDescendant(string role, string ancestor) =>
        role.Length > ancestor.Length && IsSelfOrDescendant(role, ancestor);

    /// <summary>Number of components.</summary>
    public static int Depth(string role) => role.AsSpan().Count('/') + 1;

    /// <summary>The first component: the role that quota is set on.</summary>
    public static string TopLevel(string role) => role.IndexOf('/') is > 0 and var end ? role[..end] : role;

    private static string Shown(string role) => role.Length <= 64 ? role : role[..64] + "...";
}
