package dev.vat.settings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The settings that are numbers, each checked when it is asked for.
public final class Limits {
  private static final long BYTES_PER_MB = 1_000_000;
  private static final int LONGEST_DAYS = 36_500;

  /// When a project moves on, in days (design, section 4).
  public record AgeRules(
      int archiveAfterDays, int backupAfterDays, int ssdRetentionDays, int s3RetentionDays) {}

  /// What the cloud may cost a month.
  ///
  /// @param alertsUsd rising
  public record Budget(BigDecimal monthlyUsd, List<BigDecimal> alertsUsd) {
    public Budget {
      alertsUsd = List.copyOf(alertsUsd);
    }
  }

  private final Settings settings;

  /// @param settings read anew with each question
  public Limits(Settings settings) {
    this.settings = settings;
  }

  /// Over how many bytes any file counts as heavy.
  ///
  /// @throws SettingsException as all methods here: when the value is no number in its range
  public long heavyFileBytes() {
    return whole(Setting.HEAVY_FILE_MB, 1, 1_000_000) * BYTES_PER_MB;
  }

  /// How many other verified copies must exist before one is released; at least one.
  public int minCopies() {
    return whole(Setting.MIN_COPIES, 1, 9);
  }

  /// The age at which shared files are offered for cleanup.
  public int stagingCleanupDays() {
    return whole(Setting.STAGING_CLEANUP_DAYS, 1, LONGEST_DAYS);
  }

  /// The ages of the automation.
  public AgeRules ageRules() {
    return new AgeRules(
        whole(Setting.ARCHIVE_AFTER_DAYS, 0, LONGEST_DAYS),
        whole(Setting.BACKUP_AFTER_DAYS, 0, LONGEST_DAYS),
        whole(Setting.SSD_RETENTION_DAYS, 0, LONGEST_DAYS),
        whole(Setting.S3_RETENTION_DAYS, 0, LONGEST_DAYS));
  }

  /// Whether the SSD folder may be on the repository's own volume.
  public boolean ssdSameDiskOk() {
    return whole(Setting.SSD_SAME_DISK_OK, 0, 1) == 1;
  }

  /// The monthly budget and its alerts.
  public Budget budget() {
    SettingValue alerts = settings.required(Setting.COST_ALERTS_USD);
    List<BigDecimal> amounts = new ArrayList<>();
    for (String part : alerts.text().split(",", -1)) {
      amounts.add(usd(alerts, part.strip()));
    }
    SettingValue monthly = settings.required(Setting.MONTHLY_BUDGET_USD);
    return new Budget(usd(monthly, monthly.text()), amounts.stream().distinct().sorted().toList());
  }

  private BigDecimal usd(SettingValue value, String text) {
    if (!text.matches("[0-9]{1,7}(\\.[0-9]{1,2})?")) {
      throw settings.wrong(value, "\"" + text + "\" is no amount in US dollars, such as 5 or 7.50");
    }
    return new BigDecimal(text);
  }

  private int whole(Setting setting, int least, int most) {
    SettingValue value = settings.required(setting);
    if (value.text().matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value.text());
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw settings.wrong(
        value, "\"" + value.text() + "\" is no whole number from " + least + " to " + most);
  }
}
