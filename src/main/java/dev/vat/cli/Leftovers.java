package dev.vat.cli;

import dev.vat.cost.Amount;
import java.util.List;
import java.util.Optional;

/// What lies unused in S3, as part of a document (docs/formats/cloud-clean.schema.json).
///
/// @param moreUploads of others, that were only counted
/// @param moreOrphans that were not looked at one by one
/// @param monthlyUsd what all of them cost; null where no prices are known
record Leftovers(
    List<Upload> uploads,
    long moreUploads,
    List<Lone> orphans,
    long moreOrphans,
    long moreOrphanBytes,
    Double monthlyUsd,
    Boolean pricesConfirmed,
    List<String> remarks) {
  /// An upload in parts that nobody has finished.
  ///
  /// @param project null when the key is no project's
  /// @param partsBytes null where S3 does not tell
  record Upload(
      String place,
      String bucket,
      String key,
      String uploadId,
      String project,
      String begunAt,
      String initiator,
      boolean ours,
      Long partsBytes,
      Double monthlyUsd,
      Boolean pricesConfirmed,
      String action,
      String message) {
    /// The same with what became of it.
    Upload as(String then, String told) {
      return new Upload(
          place,
          bucket,
          key,
          uploadId,
          project,
          begunAt,
          initiator,
          ours,
          partsBytes,
          monthlyUsd,
          pricesConfirmed,
          then,
          told);
    }
  }

  /// An object that belongs to nothing.
  ///
  /// @param project null when it is no archive, by its name
  record Lone(
      String bucket,
      String key,
      String kind,
      String project,
      boolean ours,
      long sizeBytes,
      String storageClass,
      String lastModified,
      Double monthlyUsd,
      Boolean pricesConfirmed,
      String action,
      String message) {
    /// The same with what became of it.
    Lone as(String then, String told) {
      return new Lone(
          bucket,
          key,
          kind,
          project,
          ours,
          sizeBytes,
          storageClass,
          lastModified,
          monthlyUsd,
          pricesConfirmed,
          then,
          told);
    }
  }

  static Double usd(Optional<Amount> cost) {
    return cost.map(amount -> amount.usd().doubleValue()).orElse(null);
  }

  static Boolean confirmed(Optional<Amount> cost) {
    return cost.map(Amount::confirmed).orElse(null);
  }
}
