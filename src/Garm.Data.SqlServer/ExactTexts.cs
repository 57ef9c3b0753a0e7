using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.SqlServer;

/// <summary>
/// Makes texts unequal that differ only in spaces at their ends, as on the other engines: SQL Server's comparison ignores
/// them, whatever the collation is. So the lengths are compared too; the comparison itself stays, so that indexes are used.
/// Constants are not affected: the program's own words have no such spaces.
/// </summary>
internal sealed class ExactTexts : ExpressionVisitor, IQueryExpressionInterceptor
{
    public static ExactTexts Instance { get; } = new();

    private static readonly MethodInfo DataLength = typeof(SqlServerDbFunctionsExtensions).GetMethod(
        nameof(SqlServerDbFunctionsExtensions.DataLength), [typeof(DbFunctions), typeof(string)])!;

    /// <inheritdoc />
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => Visit(queryExpression);

    /// <inheritdoc />
    protected override Expression VisitBinary(BinaryExpression node)
    {
        var visited = base.VisitBinary(node);
        if (visited is not BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } comparison
            || comparison.Left.Type != typeof(string) || comparison.Right.Type != typeof(string)
            || comparison.Left is ConstantExpression || comparison.Right is ConstantExpression)
        {
            return visited;
        }

        var sameLength = Expression.Equal(LengthOf(comparison.Left), LengthOf(comparison.Right));
        return comparison.NodeType == ExpressionType.Equal
            ? Expression.AndAlso(comparison, sameLength)
            : Expression.OrElse(comparison, Expression.Not(sameLength));
    }

    private static MethodCallExpression LengthOf(Expression text) =>
        Expression.Call(DataLength, Expression.Constant(EF.Functions), text);
}
