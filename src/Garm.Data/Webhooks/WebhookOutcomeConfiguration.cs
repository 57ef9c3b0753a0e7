using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Garm.Data.Webhooks;

internal sealed class WebhookOutcomeConfiguration : IEntityTypeConfiguration<WebhookOutcome>
{
    public void Configure(EntityTypeBuilder<WebhookOutcome> builder)
    {
        builder.ToTable("webhook_outcomes");
        builder.Property(x => x.DeliveryId).HasMaxLength(DeliveryReport.LongestText);
        builder.Property(x => x.Event).HasMaxLength(DeliveryReport.LongestText);
        builder.Property(x => x.Action).HasMaxLength(DeliveryReport.LongestText);
        builder.Property(x => x.Entity).HasMaxLength(DeliveryReport.LongestText);
        builder.Property(x => x.Outcome).HasMaxLength(16);
        builder.Property(x => x.Reason).HasMaxLength(32);
        builder.Property(x => x.Details).HasMaxLength(DeliveryReport.LongestText);
    }
}
