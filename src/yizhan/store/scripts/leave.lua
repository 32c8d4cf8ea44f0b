local owner = ARGV[4]
ensure_stream()
while true do
  local pending = redis.call('XPENDING', stream, group, '-', '+', 500, owner)
  if #pending == 0 then
    break
  end
  for _, entry in ipairs(pending) do
    local job = load(redis.call('XRANGE', stream, entry[1], entry[1])[1][2][2])
    redis.call('XCLAIM', stream, group, nobody, 0, entry[1], 'JUSTID')
    job.owner = ''
    store(job)
  end
end
redis.call('XGROUP', 'DELCONSUMER', stream, group, owner)
tell_others()
return false
