namespace Garm.Data.Model;

/// <summary>A stored file, without what is in it.</summary>
public sealed class FileObject : IWatchedEntity
{
    public long Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>A media type, found by looking at the content.</summary>
    public string FileType { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public string Sha256 { get; set; } = "";

    public Guid ContentId { get; set; }
    public FileContent? Content { get; set; }

    public List<FileObjectTag> Tags { get; } = [];
}

/// <summary>A tag of a file; they have an order.</summary>
public sealed class FileObjectTag : INumberedChildOf<FileObject>
{
    public long FileObjectId { get; set; }
    public FileObject? FileObject { get; set; }

    /// <summary>Its place, from 0.</summary>
    public int Place { get; set; }

    /// <summary>In lower case, except where the hub made it.</summary>
    public string Tag { get; set; } = "";

    FileObject? INumberedChildOf<FileObject>.Owner => FileObject;

    long INumberedChildOf<FileObject>.OwnerId => FileObjectId;
}

/// <summary>
/// What is in a file: its chunks. It is written before the file object that refers to it, so that no event announces a file
/// that is not there, and removed after it; a content without a file object is left over from a crash.
/// </summary>
public sealed class FileContent
{
    public Guid Id { get; set; }

    /// <summary>When the last chunk was written, UTC.</summary>
    public DateTime WrittenAt { get; set; }

    /// <summary>The number of chunks.</summary>
    public int ChunkCount { get; set; }
}

/// <summary>A piece of a content, at most <c>FileContents.ChunkSize</c> long.</summary>
public sealed class FileChunk
{
    public Guid ContentId { get; set; }

    /// <summary>Its place, from 0.</summary>
    public int Number { get; set; }

    public byte[] Data { get; set; } = [];
}
