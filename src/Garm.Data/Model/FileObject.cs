namespace Garm.Data.Model;

/// <summary>A stored file, without its content.</summary>
public sealed class FileObject : IWatchedEntity
{
    public long Id { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long Version { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>A media type, detected from the content.</summary>
    public string FileType { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public string Sha256 { get; set; } = "";

    public Guid ContentId { get; set; }
    public FileContent? Content { get; set; }

    public List<FileObjectTag> Tags { get; } = [];
}

/// <summary>A tag of a file; tags are ordered.</summary>
public sealed class FileObjectTag : INumberedChildOf<FileObject>
{
    public long FileObjectId { get; set; }
    public FileObject? FileObject { get; set; }

    /// <summary>The index of the tag, from 0.</summary>
    public int Place { get; set; }

    /// <summary>In lower case, except where the hub set it.</summary>
    public string Tag { get; set; } = "";

    FileObject? INumberedChildOf<FileObject>.Owner => FileObject;

    long INumberedChildOf<FileObject>.OwnerId => FileObjectId;
}

/// <summary>
/// The content of a file, in chunks. It is written before the file object that refers to it, so that no event announces an
/// incomplete file, and removed after it; a content without a file object remains after a crash.
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

    /// <summary>The index of the chunk, from 0.</summary>
    public int Number { get; set; }

    public byte[] Data { get; set; } = [];
}
