local key, owner, count, shown, cut_key, cut_index, cut_body = unpack(ARGV, 4, 10)
local job = load(key)
if owns(job, owner) and job.state == 'sending' then
  end_send(job, tonumber(count))
  if cut_key ~= '' then
    cut(job, cut_index, cut_body)
  end
  conclude(job, 'delivered')
  save(job)
  show(job.openid, shown)
end
return false
