package dev.vat.cloud.s3;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.RuleMoment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionTransition;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;

/// A life cycle rule in the SDK's form and in the port's. The way there and back is exact for rules
/// that vat makes; those of others are only ever read here.
final class RuleForms {
  private RuleForms() {}

  /// A rule of the bucket.
  static LifecycleRule read(software.amazon.awssdk.services.s3.model.LifecycleRule rule) {
    Optional<LifecycleExpiration> expiration = Optional.ofNullable(rule.expiration());
    return new LifecycleRule(
        text(rule.id()),
        rule.status() == ExpirationStatus.ENABLED,
        filter(rule),
        rule.transitions().stream().map(RuleForms::transition).toList(),
        expiration.flatMap(e -> moment(e.days(), e.date())),
        noncurrent(rule),
        expiration.map(e -> Boolean.TRUE.equals(e.expiredObjectDeleteMarker())).orElse(false),
        rule.abortIncompleteMultipartUpload() == null
            ? OptionalInt.empty()
            : number(rule.abortIncompleteMultipartUpload().daysAfterInitiation()));
  }

  private static RuleFilter filter(software.amazon.awssdk.services.s3.model.LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    if (filter == null) {
      return RuleFilter.ofPrefix(oldPrefix(rule));
    }
    return filter.and() == null
        ? filter(
            filter.prefix(),
            filter.tag() == null ? List.of() : List.of(filter.tag()),
            filter.objectSizeGreaterThan(),
            filter.objectSizeLessThan())
        : filter(
            filter.and().prefix(),
            filter.and().tags(),
            filter.and().objectSizeGreaterThan(),
            filter.and().objectSizeLessThan());
  }

  /// The older form, which S3 still gives back to whoever set it so.
  @SuppressWarnings("deprecation")
  private static String oldPrefix(software.amazon.awssdk.services.s3.model.LifecycleRule rule) {
    return text(rule.prefix());
  }

  private static RuleFilter filter(String prefix, List<Tag> tags, Long above, Long below) {
    Map<String, String> wanted = new TreeMap<>();
    tags.forEach(tag -> wanted.put(tag.key(), text(tag.value())));
    return new RuleFilter(text(prefix), wanted, number(above), number(below));
  }

  private static LifecycleRule.Transition transition(Transition transition) {
    return new LifecycleRule.Transition(
        moment(transition.days(), transition.date()).orElse(new RuleMoment.After(0)),
        text(transition.storageClassAsString()));
  }

  private static LifecycleRule.Noncurrent noncurrent(
      software.amazon.awssdk.services.s3.model.LifecycleRule rule) {
    NoncurrentVersionExpiration expiration = rule.noncurrentVersionExpiration();
    return new LifecycleRule.Noncurrent(
        expiration == null ? OptionalInt.empty() : number(expiration.noncurrentDays()),
        expiration == null ? OptionalInt.empty() : number(expiration.newerNoncurrentVersions()),
        rule.noncurrentVersionTransitions().stream().map(RuleForms::noncurrent).toList());
  }

  private static LifecycleRule.Transition noncurrent(NoncurrentVersionTransition transition) {
    return new LifecycleRule.Transition(
        new RuleMoment.After(number(transition.noncurrentDays()).orElse(0)),
        text(transition.storageClassAsString()));
  }

  private static Optional<RuleMoment> moment(Integer days, Instant date) {
    return days != null
        ? Optional.of(new RuleMoment.After(days))
        : Optional.ofNullable(date).map(RuleMoment.On::new);
  }

  private static OptionalInt number(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static OptionalLong number(Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  /// A rule of ours, to be sent.
  static software.amazon.awssdk.services.s3.model.LifecycleRule write(LifecycleRule rule) {
    return software.amazon.awssdk.services.s3.model.LifecycleRule.builder()
        .id(rule.id())
        .status(rule.enabled() ? ExpirationStatus.ENABLED : ExpirationStatus.DISABLED)
        .filter(filter(rule.filter()))
        .transitions(
            rule.transitions().isEmpty()
                ? null
                : rule.transitions().stream().map(RuleForms::transition).toList())
        .expiration(expiration(rule))
        .noncurrentVersionTransitions(
            rule.noncurrent().transitions().isEmpty()
                ? null
                : rule.noncurrent().transitions().stream().map(RuleForms::noncurrent).toList())
        .noncurrentVersionExpiration(noncurrent(rule.noncurrent()))
        .abortIncompleteMultipartUpload(
            rule.abortDays().isEmpty()
                ? null
                : software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload.builder()
                    .daysAfterInitiation(rule.abortDays().getAsInt())
                    .build())
        .build();
  }

  /// One condition stands alone, several stand in an `And`: S3 refuses it otherwise.
  private static LifecycleRuleFilter filter(RuleFilter filter) {
    List<Tag> tags = new ArrayList<>();
    filter.tags().forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
    String prefix = filter.prefix().isEmpty() ? null : filter.prefix();
    Long above = filter.above().isEmpty() ? null : (Long) filter.above().getAsLong();
    Long below = filter.below().isEmpty() ? null : (Long) filter.below().getAsLong();
    long conditions = Stream.of(prefix, above, below).filter(c -> c != null).count() + tags.size();
    if (conditions == 0) {
      return LifecycleRuleFilter.builder().prefix("").build();
    }
    if (conditions == 1) {
      return LifecycleRuleFilter.builder()
          .prefix(prefix)
          .tag(tags.isEmpty() ? null : tags.getFirst())
          .objectSizeGreaterThan(above)
          .objectSizeLessThan(below)
          .build();
    }
    return LifecycleRuleFilter.builder()
        .and(
            and ->
                and.prefix(prefix)
                    .tags(tags)
                    .objectSizeGreaterThan(above)
                    .objectSizeLessThan(below))
        .build();
  }

  private static Transition transition(LifecycleRule.Transition transition) {
    Transition.Builder form = Transition.builder().storageClass(transition.storageClass());
    return switch (transition.when()) {
      case RuleMoment.After after -> form.days(after.days()).build();
      case RuleMoment.On on -> form.date(on.date()).build();
    };
  }

  private static NoncurrentVersionTransition noncurrent(LifecycleRule.Transition transition) {
    return switch (transition.when()) {
      case RuleMoment.After after ->
          NoncurrentVersionTransition.builder()
              .noncurrentDays(after.days())
              .storageClass(transition.storageClass())
              .build();
      case RuleMoment.On on ->
          throw new IllegalArgumentException("versions move by age, not on " + on.date());
    };
  }

  private static NoncurrentVersionExpiration noncurrent(LifecycleRule.Noncurrent noncurrent) {
    if (noncurrent.expireDays().isEmpty()) {
      return null;
    }
    return NoncurrentVersionExpiration.builder()
        .noncurrentDays(noncurrent.expireDays().getAsInt())
        .newerNoncurrentVersions(
            noncurrent.kept().isEmpty() ? null : (Integer) noncurrent.kept().getAsInt())
        .build();
  }

  private static LifecycleExpiration expiration(LifecycleRule rule) {
    if (rule.clearsMarkers()) {
      return LifecycleExpiration.builder().expiredObjectDeleteMarker(true).build();
    }
    if (rule.expires().isEmpty()) {
      return null;
    }
    return switch (rule.expires().get()) {
      case RuleMoment.After after -> LifecycleExpiration.builder().days(after.days()).build();
      case RuleMoment.On on -> LifecycleExpiration.builder().date(on.date()).build();
    };
  }
}
