using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Garm.Data.Tests.SqlServer;

/// <summary>Creates the client's exceptions, which have no public constructor.</summary>
internal static class SqlExceptions
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <summary>With these numbers, in order, none of them severe.</summary>
    public static SqlException Of(params int[] numbers) => Of(severity: 16, numbers);

    /// <summary>With these numbers, in order.</summary>
    public static SqlException Of(byte severity, params int[] numbers)
    {
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructors(Hidden).Single().Invoke([]);
        var add = typeof(SqlErrorCollection).GetMethod("Add", Hidden)!;
        foreach (var number in numbers) add.Invoke(errors, [Error(number, severity)]);
        var create = typeof(SqlException).GetMethods(Hidden).Single(
            x => x.Name == "CreateException" && x.GetParameters().Select(p => p.ParameterType).SequenceEqual([typeof(SqlErrorCollection), typeof(string)]));
        return (SqlException)create.Invoke(null, [errors, "16.0.0"])!;
    }

    private static object Error(int number, byte severity)
    {
        var constructor = typeof(SqlError).GetConstructors(Hidden).OrderBy(x => x.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(x => ValueOf(x, number, severity))]);
    }

    private static object? ValueOf(ParameterInfo parameter, int number, byte severity) => parameter.Name switch
    {
        "infoNumber" => number,
        "errorClass" => severity,
        "errorState" => (byte)1,
        "server" => "server",
        "errorMessage" => $"error {number}",
        "procedure" => "",
        _ when parameter.ParameterType.IsValueType => Activator.CreateInstance(parameter.ParameterType),
        _ => null,
    };
}
