local keys = {}
for _, job in ipairs(live_jobs(ARGV[4])) do
  if #job.parts > 0 and not LISTED[job.state] then
    table.insert(keys, job.key)
  end
end
return keys
